/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A hub with two laptops, the window on the first of them, and hands to drive it with. The second
 * one is only ever touched through the command line, which also says what really is in the first.
 */
#pragma once

#include <adwaita.h>

#include "gtk-app/field/sat-field-editor.h"
#include "gtk-app/window/sat-window.h"

G_BEGIN_DECLS

typedef struct
{
  char *dir;  /* temporary; holds hub, a and b */
  char *home; /* of the laptop that the window shows */
  GtkApplication *application;
  SatWindow *window;
} UiDriver;

/* Makes the hub and laptops a and b with the command line, and opens the window on LAPTOP: a, b, or
 * another one that has not joined. */
void ui_driver_set_up (UiDriver *driver, const char *laptop);
void ui_driver_tear_down (UiDriver *driver);

/* Runs `satchel --home DIR/LAPTOP ARGS...`; the exit status must be WANTED. What it printed; newly
 * allocated. */
char *ui_run (UiDriver *driver, const char *laptop, int wanted, const char *args, ...)
    G_GNUC_NULL_TERMINATED;

/* Lets the main loop go on until TEST is true, for a minute at most; then the test has failed. */
typedef gboolean (*UiTest) (UiDriver *driver, gpointer data);
void ui_wait (UiDriver *driver, UiTest test, gpointer data, const char *what);

void ui_act (UiDriver *driver, const char *action, const char *format, ...);
/* Acts and waits until the exchange is over. */
void ui_sync (UiDriver *driver);

/* The editor of FIELD on the page shown. */
SatFieldEditor *ui_editor (UiDriver *driver, const char *field);
/* Types TEXT into FIELD, as a person does. */
void ui_type (UiDriver *driver, const char *field, const char *text);
/* What stands in FIELD, canonical; newly allocated, NULL if empty. */
char *ui_value (UiDriver *driver, const char *field);

/* The first widget below ROOT of TYPE whose label is LABEL (NULL: any); NULL if there is none. */
GtkWidget *ui_find (GtkWidget *root, GType type, const char *label);
/* The page that the window shows. */
GtkWidget *ui_page (UiDriver *driver);
/* ROOT or the first row below it whose title is TITLE; NULL if there is none. */
GtkWidget *ui_find_row (GtkWidget *root, const char *title);
/* The message that can be seen, an AdwMessageDialog; NULL if there is none. */
GtkWidget *ui_find_dialog (void);
/* The row called TITLE, which must be there, gets OPTION. */
void ui_choose (UiDriver *driver, const char *title, const char *option);
/* Presses the button LABEL of the window, which must be there and work. */
void ui_click (UiDriver *driver, const char *label);
/* Does the window show a label TEXT? A UiTest. */
gboolean ui_says (UiDriver *driver, gpointer text);
/* Is a key, pressed where the focus is, taken by a controller there or further out? */
gboolean ui_press (UiDriver *driver, guint keyval);

G_END_DECLS
