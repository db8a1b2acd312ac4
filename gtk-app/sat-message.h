/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a question in a window of its own says. AdwMessageDialog has a heading and a body itself,
 * but libadwaita 1.7 measures that heading for less width than it needs, and GTK warns of it. So
 * both are part of the content here, as wrapping labels. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* DIALOG says HEADING, which is its title too, below it TEXT and below that CONTENT, which becomes
 * its child; either may be NULL. Once for a dialog. */
void sat_message_fill (AdwMessageDialog *dialog,
                       const char *heading,
                       const char *text,
                       GtkWidget *content);

G_END_DECLS
