/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small things that many widgets need: the person's language, names for screen readers, toasts, the
 * settings, icons of objects. Main thread only unless said otherwise. */
#pragma once

#include <adwaita.h>

#include "core/catalogue/sat-catalogue.h"

G_BEGIN_DECLS

#define SAT_APP_ID "org.satchelcrm.Satchel"
#define SAT_RESOURCE_ROOT "/org/satchelcrm/Satchel"

/* The language that labels of the catalogue are asked for in ("zh_CN.UTF-8"). Any thread. */
const char *sat_language (void);
gboolean sat_language_is_chinese (void);

/* A label of the catalogue in the person's language. Any thread. */
const char *sat_here (const SatLabels *labels);
/* As it stands inside a sentence: “customers”. Newly allocated. */
char *sat_here_inside (const SatLabels *labels);

/* What a screen reader calls WIDGET; and a longer explanation. */
void sat_name_widget (GtkWidget *widget, const char *name);
void sat_describe_widget (GtkWidget *widget, const char *text);

/* The icon to show for OBJECT. */
const char *sat_object_icon (const SatObject *object);

/* AVATAR as it stands for a record of OBJECT called TITLE: people and companies by their initials,
 * things by the icon of their kind. */
void sat_show_avatar (AdwAvatar *avatar, const SatObject *object, const char *title);

/* Preferences, or NULL where the schema is not installed (then nothing is remembered). Owned by
 * this file. */
GSettings *sat_settings (void);

/* Is this the program of a build folder (then data and translations are taken from there)? */
gboolean sat_uninstalled (void);

/* A toast of plain TEXT that takes several lines where it has to. */
AdwToast *sat_toast_new (const char *text) G_GNUC_WARN_UNUSED_RESULT;
/* A toast in the window that WIDGET is in. BUTTON (may be NULL) calls FUNC with DATA; FREE_DATA is
 * called when the toast is gone, whether clicked or not. TEXT is plain text. */
typedef void (*SatToastFunc) (gpointer data);
void sat_toast (GtkWidget *widget,
                const char *text,
                const char *button,
                SatToastFunc func,
                gpointer data,
                GDestroyNotify free_data);
/* A toast with what went wrong, with a record of OBJECT (NULL: of none in particular). Nothing is
 * shown for cancelled work. */
void sat_toast_error (GtkWidget *widget, const GError *error, const SatObject *object);

/* Removes every child of a box, or every row of a list box. */
void sat_remove_children (GtkWidget *container);

G_END_DECLS
