/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Roles and rights as an administrator has them and as anybody else. What the page says is looked
 * at with the command line. */
#include "gtk-app/field/sat-field-editor.h"
#include "gtk-app/rights/sat-rights-matrix.h"
#include "gtk-app/rights/sat-rights-page.h"
#include "gtk-app/window/sat-page.h"
#include "tests/ui/ui-driver.h"

#include <string.h>

#define ONLY_ADMINS "Only administrators change rights; you see what holds."

static void
show_rights (UiDriver *driver)
{
  ui_act (driver, "win.show", "s", "rights");
  g_assert_true (SAT_IS_RIGHTS_PAGE (ui_page (driver)));
}

/* The row of the list, or of what is below it, whose title is TITLE. */
static GtkWidget *
find_titled (GtkWidget *widget, GType type, const char *title)
{
  GtkWidget *found = NULL;

  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && ADW_IS_PREFERENCES_ROW (widget) &&
      g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_titled (child, type, title);
  return found;
}

static const char *
subtitle_of (UiDriver *driver, const char *title)
{
  return adw_action_row_get_subtitle (
      ADW_ACTION_ROW (find_titled (ui_page (driver), ADW_TYPE_ACTION_ROW, title)));
}

typedef struct
{
  const char *title, *says;
} Wanted;

static gboolean
row_says (UiDriver *driver, gpointer data)
{
  const Wanted *wanted = data;
  const char *says = subtitle_of (driver, wanted->title);

  return says != NULL && strstr (says, wanted->says) != NULL;
}

static void
wait_row (UiDriver *driver, const char *title, const char *says)
{
  Wanted wanted = { title, says };

  ui_wait (driver, row_says, &wanted, says);
}

/* The choice for RIGHT in the row of the table whose name is NAME. */
static GtkDropDown *
find_cell (UiDriver *driver, const char *name, guint right)
{
  GtkWidget *matrix = ui_find (ui_page (driver), SAT_TYPE_RIGHTS_MATRIX, NULL);
  GtkWidget *label = ui_find (matrix, GTK_TYPE_LABEL, name);
  GtkWidget *cell = gtk_widget_get_parent (label);

  for (guint i = 0; i <= right; i++)
    cell = gtk_widget_get_next_sibling (cell);
  g_assert_true (GTK_IS_DROP_DOWN (cell));
  return GTK_DROP_DOWN (cell);
}

/* Without the blanks between its parts. */
static char *
json_of (char *output)
{
  g_auto (GStrv) parts = g_strsplit_set (output, " \n", -1);

  g_free (output);
  return g_strjoinv ("", parts);
}

/* Does “satchel perm list” say TEXT of salespeople? */
static gboolean
list_says (UiDriver *driver, const char *text)
{
  g_autofree char *said = json_of (
      ui_run (driver, "a", 0, "--json", "perm", "list", "--role", "sales", NULL));

  return strstr (said, text) != NULL;
}

static void
wait_toast (UiDriver *driver)
{
  ui_wait (driver, ui_says, (gpointer) "It holds here now, and on each laptop with its next sync",
           "a word");
}

typedef struct
{
  const char *field;
  guint level;
} Level;

static gboolean
has_level (UiDriver *driver, gpointer data)
{
  const Level *level = data;
  GtkWidget *row = find_titled (ui_page (driver), ADW_TYPE_PREFERENCES_ROW, level->field);
  GtkWidget *choice = row != NULL ? ui_find (row, GTK_TYPE_DROP_DOWN, NULL) : NULL;

  return choice != NULL && gtk_drop_down_get_selected (GTK_DROP_DOWN (choice)) == level->level;
}

static void
wait_level (UiDriver *driver, const char *field, SatFieldAccess access)
{
  Level level = { field, access };

  ui_wait (driver, has_level, &level, field);
}

/* In the table, then of one object and its fields; undo, and as built in again. */
static void
test_change (void)
{
  UiDriver driver = { 0 };
  GtkWidget *fields;

  ui_driver_set_up (&driver, "a");
  g_free (ui_run (&driver, "a", 0, "set", "user", "/Wang Fang", "role=admin", NULL));
  show_rights (&driver);
  wait_row (&driver, "Customers", "Delete: Own");
  g_assert_false (list_says (&driver, "\"granted\":[\""));
  gtk_drop_down_set_selected (find_cell (&driver, "Customers", SAT_RIGHT_EXPORT), SAT_REACH_TEAM);
  wait_row (&driver, "Customers", "Changed by the company");
  wait_row (&driver, "Customers", "Export: Team");
  g_assert_true (list_says (&driver, "\"export\":\"team\""));
  wait_toast (&driver);
  ui_act (&driver, "win.undo", NULL);
  wait_row (&driver, "Customers", "Export: All");
  g_assert_false (list_says (&driver, "\"export\":\"team\""));

  sat_rights_page_open (SAT_RIGHTS_PAGE (ui_page (&driver)), "customer");
  ui_choose (&driver, "Delete", "None");
  wait_row (&driver, "Delete", "Changed; built in: Own");
  g_assert_true (list_says (&driver, "\"granted\":[\"delete\"]"));
  ui_click (&driver, "As Built In");
  wait_row (&driver, "Delete", "As it is built in");
  g_assert_false (list_says (&driver, "\"granted\":[\"delete\"]"));

  /* A field; what cannot be read is not exported. */
  fields = find_titled (ui_page (&driver), ADW_TYPE_PREFERENCES_ROW, "Phone");
  g_assert_nonnull (fields);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (ui_find (fields, GTK_TYPE_DROP_DOWN, NULL)),
                              SAT_FIELD_MASKED);
  ui_wait (&driver, ui_says, (gpointer) "Changed; built in: Can be changed", "the mark");
  g_assert_true (list_says (&driver, "\"access\":\"masked\""));
  g_assert_false (gtk_widget_get_sensitive (ui_find (fields, GTK_TYPE_CHECK_BUTTON, NULL)));
  /* What it is called cannot be hidden. */
  fields = find_titled (ui_page (&driver), ADW_TYPE_PREFERENCES_ROW, "Name");
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (
                        GTK_DROP_DOWN (ui_find (fields, GTK_TYPE_DROP_DOWN, NULL)))),
                    ==, 2);
  /* All but what is shared, and what was said singly. */
  ui_choose (&driver, "All Other Fields", "Hidden");
  wait_level (&driver, "Credit limit", SAT_FIELD_HIDDEN);
  wait_level (&driver, "City", SAT_FIELD_EDIT);
  wait_level (&driver, "Phone", SAT_FIELD_MASKED);
  g_assert_true (list_says (&driver, "\"field\":\"credit_limit\",\"access\":\"hidden\""));
  ui_choose (&driver, "All Other Fields", "As built in");
  wait_level (&driver, "Credit limit", SAT_FIELD_EDIT);
  /* Escape leads back to all. */
  g_assert_true (sat_page_escape (SAT_PAGE (ui_page (&driver))));
  g_assert_false (sat_page_escape (SAT_PAGE (ui_page (&driver))));

  /* Administrators may everything. */
  ui_choose (&driver, "Role", "Administrator");
  ui_wait (&driver, ui_says, (gpointer) "An administrator may everything; that cannot be changed.",
           "why");
  g_assert_false (
      gtk_widget_get_sensitive (GTK_WIDGET (find_cell (&driver, "Customers", SAT_RIGHT_READ))));
  ui_driver_tear_down (&driver);
}

/* Who is no administrator sees what holds, also of somebody, and why. */
static void
test_others (void)
{
  UiDriver driver = { 0 };
  g_autofree char *said = NULL;
  GtkWidget *person;
  char *id;

  ui_driver_set_up (&driver, "b");
  g_free (ui_run (&driver, "a", 0, "set", "user", "/Wang Fang", "role=admin", NULL));
  g_free (ui_run (&driver, "a", 0, "perm", "set", "sales", "customer", "export=none", NULL));
  g_free (ui_run (&driver, "a", 0, "sync", NULL));
  g_free (ui_run (&driver, "b", 0, "sync", NULL));
  show_rights (&driver);
  ui_wait (&driver, ui_says, (gpointer) ONLY_ADMINS, "why not");
  wait_row (&driver, "Customers", "Export: None");
  g_assert_false (
      gtk_widget_get_sensitive (GTK_WIDGET (find_cell (&driver, "Customers", SAT_RIGHT_READ))));
  sat_rights_page_open (SAT_RIGHTS_PAGE (ui_page (&driver)), "customer");
  g_assert_false (
      gtk_widget_get_sensitive (find_titled (ui_page (&driver), ADW_TYPE_COMBO_ROW, "Export")));
  sat_rights_page_open (SAT_RIGHTS_PAGE (ui_page (&driver)), NULL);

  said = json_of (
      ui_run (&driver, "b", 0, "--json", "list", "user", "--where", "login = \"wang\"", NULL));
  id = strstr (said, "\"id\":\"");
  g_assert_nonnull (id);
  id = g_strndup (id + strlen ("\"id\":\""), 36);
  person = ui_find (ui_page (&driver), SAT_TYPE_FIELD_EDITOR, NULL);
  sat_field_editor_set_value (SAT_FIELD_EDITOR (person), id);
  g_signal_emit_by_name (person, "changed");
  g_free (id);
  wait_row (&driver, "Customers", "Export: All");
  g_assert_false (ui_says (&driver, (gpointer) ONLY_ADMINS));
  g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (gtk_widget_get_prev_sibling (
                                ui_find (ui_page (&driver), SAT_TYPE_RIGHTS_MATRIX, NULL)))),
                            "Wang Fang has the role “Administrator”"));
  ui_driver_tear_down (&driver);
}

/* The row of the form that FIELD is typed into. */
static GtkWidget *
form_row (UiDriver *driver, const char *field)
{
  return gtk_widget_get_ancestor (GTK_WIDGET (ui_editor (driver, field)), ADW_TYPE_PREFERENCES_ROW);
}

static gboolean
field_locked (UiDriver *driver, gpointer field)
{
  return !gtk_widget_get_sensitive (form_row (driver, field));
}

static gboolean
field_open (UiDriver *driver, gpointer field)
{
  return !field_locked (driver, field);
}

/* A form says of a field that the user may only read it, before anything is typed, and no longer
 * once that has changed. */
static void
test_form (void)
{
  UiDriver driver = { 0 };

  ui_driver_set_up (&driver, "b");
  g_free (ui_run (&driver, "a", 0, "set", "user", "/Wang Fang", "role=admin", NULL));
  g_free (ui_run (&driver, "a", 0, "perm", "set", "sales", "customer.phone", "access=read", NULL));
  g_free (ui_run (&driver, "a", 0, "sync", NULL));
  g_free (ui_run (&driver, "b", 0, "sync", NULL));
  ui_act (&driver, "win.show", "s", "customer");
  ui_act (&driver, "win.new-here", NULL);
  ui_wait (&driver, field_locked, (gpointer) "phone", "the field to be locked");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (form_row (&driver, "phone")), ==,
                   "Your role “Salesperson” may only read this; ask an administrator");
  g_assert_false (field_locked (&driver, (gpointer) "name"));
  g_assert_null (gtk_widget_get_tooltip_text (form_row (&driver, "name")));
  ui_type (&driver, "name", "Initech");
  g_free (ui_run (&driver, "a", 0, "perm", "reset", "sales", "customer.phone", NULL));
  g_free (ui_run (&driver, "a", 0, "sync", NULL));
  g_free (ui_run (&driver, "b", 0, "sync", NULL));
  ui_wait (&driver, field_open, (gpointer) "phone", "the field to be open again");
  g_assert_null (gtk_widget_get_tooltip_text (form_row (&driver, "phone")));
  ui_driver_tear_down (&driver);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rights/change", test_change);
  g_test_add_func ("/rights/others", test_others);
  g_test_add_func ("/rights/form", test_form);
  return g_test_run ();
}
