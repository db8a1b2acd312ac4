/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program: its command line, its keys, one window. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SAT_TYPE_APPLICATION (sat_application_get_type ())
G_DECLARE_FINAL_TYPE (SatApplication, sat_application, SAT, APPLICATION, AdwApplication)

SatApplication *sat_application_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* The replica's folder; NULL: the default one. Before activation. */
void sat_application_set_home (SatApplication *self, const char *home);

/* What the process should end with, after a run that was itself well: 1 if the screens could not be
 * drawn. */
int sat_application_get_status (SatApplication *self);

/* The options of the command line, for the manual; texts are not translated yet. */
const GOptionEntry *sat_application_options (void);

/* Finds the translations: called once, early. */
void sat_application_set_up_language (void);

G_END_DECLS
