/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list filtered by a condition, written or built, and saved as a view that is chosen again. */
#include "gtk-app/field/sat-filter-bar.h"
#include "gtk-app/list/sat-column-button.h"
#include "gtk-app/list/sat-list-page.h"
#include "gtk-app/list/sat-view-button.h"
#include "tests/ui/ui-driver.h"

#include <string.h>

static gboolean
title_shown (UiDriver *driver, gpointer title)
{
  return ui_find (ui_page (driver), GTK_TYPE_LABEL, title) != NULL;
}

static void
set_up (UiDriver *driver)
{
  *driver = (UiDriver){ 0 };
  ui_driver_set_up (driver, "a");
  g_free (ui_run (driver, "a", 0, "new", "customer", "name=Hongda", "city=上海", "level=a", NULL));
  g_free (ui_run (driver, "a", 0, "new", "customer", "name=Quanta \"50%\"", "city=Berlin",
                  "credit_limit=500 EUR", NULL));
  g_free (ui_run (driver, "a", 0, "new", "customer", "name=Hongda West", NULL));
  ui_wait (driver, title_shown, (gpointer) "3 records", "the customers in the list");
}

static SatListPage *
list_of (UiDriver *driver)
{
  return SAT_LIST_PAGE (ui_page (driver));
}

static SatFilterBar *
bar_of (UiDriver *driver)
{
  return SAT_FILTER_BAR (ui_find (ui_page (driver), SAT_TYPE_FILTER_BAR, NULL));
}

static gpointer
part (gpointer widget, GType type, const char *name)
{
  return gtk_widget_get_template_child (widget, type, name);
}

/* ---- conditions ---- */

static void
test_written (void)
{
  UiDriver driver;
  GtkEditable *text;

  set_up (&driver);
  sat_list_page_filter (list_of (&driver), "城市 is not empty");
  ui_wait (&driver, title_shown, (gpointer) "2 found", "what meets the condition");
  g_assert_cmpstr (sat_list_page_get_condition (list_of (&driver)), ==, "city is not empty");

  /* While it is none, the last one holds. */
  text = part (bar_of (&driver), SAT_TYPE_FILTER_BAR, "text");
  gtk_editable_set_text (text, "city is not");
  ui_wait (&driver, title_shown, (gpointer) "Character 12: “empty” is expected here",
           "what is wrong");
  g_assert_cmpstr (sat_list_page_get_condition (list_of (&driver)), ==, "city is not empty");
  gtk_editable_set_text (text, "city = \"Nowhere\"");
  ui_wait (&driver, title_shown, (gpointer) "Nothing found", "the empty page");
  ui_click (&driver, "Show all");
  ui_wait (&driver, title_shown, (gpointer) "3 records", "all of them again");

  /* Escape takes the filter away as it does a search. */
  sat_list_page_filter (list_of (&driver), "city is empty");
  ui_wait (&driver, title_shown, (gpointer) "1 found", "the one");
  g_assert_true (sat_page_escape (SAT_PAGE (ui_page (&driver))));
  ui_wait (&driver, title_shown, (gpointer) "3 records", "all of them again");
  ui_driver_tear_down (&driver);
}

/* The place of TEXT in the list of DROP. */
static void
pick (GtkDropDown *drop, const char *text)
{
  GListModel *model = gtk_drop_down_get_model (drop);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkStringObject) item = g_list_model_get_item (model, i);

      if (g_str_equal (gtk_string_object_get_string (item), text))
        {
          gtk_drop_down_set_selected (drop, i);
          return;
        }
    }
  g_test_message ("no “%s”", text);
  g_assert_not_reached ();
}

static void
build (UiDriver *driver, const char *field, const char *comparison, const char *value)
{
  SatFilterBar *bar = bar_of (driver);
  GtkWidget *choices = part (bar, SAT_TYPE_FILTER_BAR, "choices");

  pick (part (bar, SAT_TYPE_FILTER_BAR, "fields"), field);
  pick (part (bar, SAT_TYPE_FILTER_BAR, "operators"), comparison);
  if (gtk_widget_get_visible (choices))
    pick (GTK_DROP_DOWN (choices), value);
  else if (value != NULL)
    gtk_editable_set_text (part (bar, SAT_TYPE_FILTER_BAR, "value"), value);
  g_signal_emit_by_name (ui_find (GTK_WIDGET (bar), GTK_TYPE_BUTTON, "_Add"), "clicked");
}

/* Every kind of field; what is typed is text and no part of the language. */
static void
test_built (void)
{
  static const struct
  {
    const char *field, *comparison, *value, *condition;
  } cases[] = {
    { "Name", "contains", "\"50%\"", "name like \"%\"\"50\\%\"\"%\"" },
    { "City", "is", "Berlin", "city = \"Berlin\"" },
    { "City", "is not empty", NULL, "city is not empty" },
    { "Level", "is", "A (key customer)", "level = \"a\"" },
    { "Credit limit", "at least", "500", "credit_limit >= 500" },
    { "Credit limit", "at most", "1万", "credit_limit <= 10000" },
    { "Credit limit", "is", "5 USD", "credit_limit = \"5.00 USD\"" },
    { "Tags", "has not", "vip", "tags not has \"vip\"" },
  };
  UiDriver driver;

  set_up (&driver);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      sat_list_page_filter (list_of (&driver), NULL);
      build (&driver, cases[i].field, cases[i].comparison, cases[i].value);
      g_assert_cmpstr (sat_list_page_get_condition (list_of (&driver)), ==, cases[i].condition);
    }
  sat_list_page_filter (list_of (&driver), "city is empty or city = \"Berlin\"");
  build (&driver, "Name", "contains", "west");
  g_assert_cmpstr (sat_list_page_get_condition (list_of (&driver)), ==,
                   "(city is empty or city = \"Berlin\") and name like \"%west%\"");
  ui_wait (&driver, title_shown, (gpointer) "1 found", "what meets both");

  /* Nothing to look for is no condition. */
  build (&driver, "Name", "contains", " ");
  g_assert_false (
      gtk_widget_get_sensitive (ui_find (GTK_WIDGET (bar_of (&driver)), GTK_TYPE_BUTTON, "_Add")));
  g_assert_cmpstr (sat_list_page_get_condition (list_of (&driver)), ==,
                   "(city is empty or city = \"Berlin\") and name like \"%west%\"");

  /* What is no value of the field is said, and nothing changes. */
  build (&driver, "Credit limit", "at least", "much");
  g_assert_true (gtk_widget_get_visible (part (bar_of (&driver), SAT_TYPE_FILTER_BAR, "wrong")));
  g_assert_cmpstr (sat_list_page_get_condition (list_of (&driver)), ==,
                   "(city is empty or city = \"Berlin\") and name like \"%west%\"");
  ui_driver_tear_down (&driver);
}

/* ---- views ---- */

static gboolean
view_listed (UiDriver *driver, gpointer name)
{
  GtkWidget *views = ui_find (ui_page (driver), SAT_TYPE_VIEW_BUTTON, NULL);

  return ui_find (part (views, SAT_TYPE_VIEW_BUTTON, "list"), GTK_TYPE_LABEL, name) != NULL;
}

static gboolean
view_saved (UiDriver *driver, gpointer text)
{
  g_autofree char *views = ui_run (driver, "a", 0, "list", "view", "--json", NULL);

  return strstr (views, text) != NULL;
}

static void
open_views (UiDriver *driver, const char *name)
{
  GtkWidget *views = ui_find (ui_page (driver), SAT_TYPE_VIEW_BUTTON, NULL);

  gtk_menu_button_popup (part (views, SAT_TYPE_VIEW_BUTTON, "button"));
  ui_wait (driver, view_listed, (gpointer) name, "the view in the list");
}

static gboolean
views_closed (UiDriver *driver, gpointer popover)
{
  return !gtk_widget_get_mapped (popover);
}

/* GTK looks where the pointer is over a list that opened, also when its page has gone meanwhile. */
static void
close_views (UiDriver *driver)
{
  GtkWidget *views = ui_find (ui_page (driver), SAT_TYPE_VIEW_BUTTON, NULL);

  gtk_menu_button_popdown (part (views, SAT_TYPE_VIEW_BUTTON, "button"));
  ui_wait (driver, views_closed, part (views, SAT_TYPE_VIEW_BUTTON, "popover"),
           "the list to close");
}

static char *
columns_shown (UiDriver *driver)
{
  GtkWidget *view = ui_find (ui_page (driver), GTK_TYPE_COLUMN_VIEW, NULL);
  GListModel *columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (view));
  GString *titles = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      g_string_append_printf (titles, "%s%s", i > 0 ? "," : "",
                              gtk_column_view_column_get_title (column));
    }
  return g_string_free (titles, FALSE);
}

static void
assert_columns (UiDriver *driver, const char *titles)
{
  g_autofree char *shown = columns_shown (driver);

  g_assert_cmpstr (shown, ==, titles);
}

static void
test_views (void)
{
  UiDriver driver;
  GtkWidget *views;
  GtkListBox *list;

  set_up (&driver);
  views = ui_find (ui_page (&driver), SAT_TYPE_VIEW_BUTTON, NULL);
  sat_list_page_filter (list_of (&driver), "city is not empty");
  gtk_editable_set_text (part (views, SAT_TYPE_VIEW_BUTTON, "name"), " In town ");
  g_signal_emit_by_name (part (views, SAT_TYPE_VIEW_BUTTON, "save"), "clicked");
  ui_wait (&driver, view_saved, (gpointer) "\"In town\"", "the saved view");
  g_assert_true (view_saved (&driver, (gpointer) "\"city is not empty\""));

  sat_list_page_filter (list_of (&driver), NULL);
  ui_wait (&driver, title_shown, (gpointer) "3 records", "all of them");
  open_views (&driver, "In town");
  list = part (views, SAT_TYPE_VIEW_BUTTON, "list");
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, 1));
  ui_wait (&driver, title_shown, (gpointer) "2 found", "what the view shows");
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, 0));
  ui_wait (&driver, title_shown, (gpointer) "3 records", "all of them");

  /* All of a view stays when it is saved again with another condition. */
  g_free (ui_run (&driver, "a", 0, "list", "customer", "--columns", "name,phone", "--group", "city",
                  "--sort", "-name", "--where", "name is not empty", "--save-view", "In town",
                  NULL));
  open_views (&driver, "name is not empty");
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, 1));
  g_assert_cmpstr (sat_list_page_get_sort (list_of (&driver)), ==, "city,-name");
  assert_columns (&driver, "Name,Phone");
  sat_list_page_filter (list_of (&driver), "phone is empty");
  g_signal_emit_by_name (part (views, SAT_TYPE_VIEW_BUTTON, "save"), "clicked");
  ui_wait (&driver, view_saved, (gpointer) "\"phone is empty\"", "the view as it is now");
  g_assert_true (view_saved (&driver, (gpointer) "\"name,phone\""));
  g_assert_true (view_saved (&driver, (gpointer) "\"grouping\":\"city\""));
  g_assert_true (view_saved (&driver, (gpointer) "\"sort\":\"-name\""));

  /* One that came with several fields to sort by. */
  g_free (ui_run (&driver, "a", 0, "list", "customer", "--sort", "-city,name", "--save-view",
                  "Far first", NULL));
  open_views (&driver, "Far first");
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, 1));
  g_assert_cmpstr (sat_list_page_get_sort (list_of (&driver)), ==, "-city,name");

  open_views (&driver, "Far first");
  g_signal_emit_by_name (ui_find (GTK_WIDGET (list), GTK_TYPE_BUTTON, NULL), "clicked");
  while (view_saved (&driver, (gpointer) "Far first"))
    g_main_context_iteration (NULL, FALSE);
  g_assert_true (view_saved (&driver, (gpointer) "In town"));
  close_views (&driver);
  ui_driver_tear_down (&driver);
}

/* A segment filters; who may makes one of what is shown. */
static void
test_segments (void)
{
  UiDriver driver;
  GtkWidget *views;
  GtkListBox *list;

  set_up (&driver);
  g_free (ui_run (&driver, "a", 0, "new", "segment", "name=In Berlin", "object=customer",
                  "condition=city = \"Berlin\"", NULL));
  g_free (ui_run (&driver, "a", 0, "list", "customer", "--where", "city is empty", "--save-view",
                  "Nowhere", NULL));
  open_views (&driver, "In Berlin");
  views = ui_find (ui_page (&driver), SAT_TYPE_VIEW_BUTTON, NULL);
  list = part (views, SAT_TYPE_VIEW_BUTTON, "list");
  g_assert_null (gtk_list_box_row_get_header (gtk_list_box_get_row_at_index (list, 1)));
  g_assert_nonnull (gtk_list_box_row_get_header (gtk_list_box_get_row_at_index (list, 2)));
  g_assert_true (view_listed (&driver, (gpointer) "Nowhere"));
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, 2));
  g_assert_cmpstr (sat_list_page_get_condition (list_of (&driver)), ==, "city = \"Berlin\"");
  ui_wait (&driver, title_shown, (gpointer) "1 found", "what belongs to the segment");

  sat_list_page_filter (list_of (&driver), "city is not empty");
  gtk_editable_set_text (part (views, SAT_TYPE_VIEW_BUTTON, "name"), "Somewhere");
  pick (part (views, SAT_TYPE_VIEW_BUTTON, "kind"), "Segment");
  g_signal_emit_by_name (part (views, SAT_TYPE_VIEW_BUTTON, "save"), "clicked");
  open_views (&driver, "Somewhere");
  g_assert_false (view_saved (&driver, (gpointer) "Somewhere"));
  close_views (&driver);

  /* Not for whom a role forbids it. */
  g_free (ui_run (&driver, "a", 0, "set", "user", "/Wang Fang", "role=admin", NULL));
  g_free (ui_run (&driver, "a", 0, "perm", "set", "sales", "segment", "create=none", NULL));
  g_free (ui_run (&driver, "a", 0, "set", "user", "/Wang Fang", "role=sales", NULL));
  g_free (ui_run (&driver, "a", 0, "list", "contact", "--save-view", "Another", NULL));
  ui_act (&driver, "win.show", "s", "contact");
  open_views (&driver, "Another");
  views = ui_find (ui_page (&driver), SAT_TYPE_VIEW_BUTTON, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (
                        gtk_drop_down_get_model (part (views, SAT_TYPE_VIEW_BUTTON, "kind"))),
                    ==, 2);
  close_views (&driver);
  /* The next window begins where this one ends. */
  ui_act (&driver, "win.show", "s", "customer");
  ui_driver_tear_down (&driver);
}

static GtkWidget *
column_row (UiDriver *driver, const char *label)
{
  GtkWidget *button = ui_find (ui_page (driver), SAT_TYPE_COLUMN_BUTTON, NULL);
  GtkWidget *list = part (button, SAT_TYPE_COLUMN_BUTTON, "list");
  GtkWidget *found = ui_find (list, GTK_TYPE_LABEL, label);

  g_assert_nonnull (found);
  return gtk_widget_get_ancestor (found, GTK_TYPE_LIST_BOX_ROW);
}

static void
toggle (UiDriver *driver, const char *label)
{
  GtkWidget *check = ui_find (column_row (driver, label), GTK_TYPE_CHECK_BUTTON, NULL);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               !gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
}

static gboolean
text_shown (UiDriver *driver, gpointer text)
{
  return ui_find (ui_find (ui_page (driver), GTK_TYPE_COLUMN_VIEW, NULL), GTK_TYPE_LABEL, text) !=
         NULL;
}

/* Chosen and put in order, remembered without a view, and saved with one. */
static void
test_columns (void)
{
  UiDriver driver;
  GtkWidget *views;
  GtkWidget *chooser;
  GtkListBox *list;
  g_autofree char *usual = NULL;

  set_up (&driver);
  usual = columns_shown (&driver);
  g_free (ui_run (&driver, "a", 0, "set", "customer", "/Hongda West",
                  "website=https://west.example", NULL));
  g_free (ui_run (&driver, "a", 0, "list", "customer", "--columns", "name,city", "--save-view",
                  "Short", NULL));
  open_views (&driver, "Short");
  views = ui_find (ui_page (&driver), SAT_TYPE_VIEW_BUTTON, NULL);
  chooser = ui_find (ui_page (&driver), SAT_TYPE_COLUMN_BUTTON, NULL);
  list = part (views, SAT_TYPE_VIEW_BUTTON, "list");
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, 1));
  assert_columns (&driver, "Name,City");
  g_assert_false (text_shown (&driver, (gpointer) "https://west.example"));
  toggle (&driver, "Website");
  assert_columns (&driver, "Name,City,Website");
  ui_wait (&driver, text_shown, (gpointer) "https://west.example", "what stands in the column");
  g_signal_emit_by_name (ui_find (gtk_widget_get_parent (ui_find (column_row (&driver, "Website"),
                                                                  GTK_TYPE_CHECK_BUTTON, NULL)),
                                  GTK_TYPE_BUTTON, NULL),
                         "clicked");
  assert_columns (&driver, "Name,Website,City");
  g_signal_emit_by_name (part (views, SAT_TYPE_VIEW_BUTTON, "save"), "clicked");
  ui_wait (&driver, view_saved, (gpointer) "\"name,website,city\"", "the columns in the view");

  /* Without a view there are those that this person had chosen without one. */
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, 0));
  assert_columns (&driver, usual);
  g_assert_false (gtk_widget_get_sensitive (part (chooser, SAT_TYPE_COLUMN_BUTTON, "usual")));
  toggle (&driver, "Website");
  g_assert_true (gtk_widget_get_sensitive (part (chooser, SAT_TYPE_COLUMN_BUTTON, "usual")));
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, 1));
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, 0));
  g_assert_true (gtk_check_button_get_active (
      GTK_CHECK_BUTTON (ui_find (column_row (&driver, "Website"), GTK_TYPE_CHECK_BUTTON, NULL))));
  g_signal_emit_by_name (part (chooser, SAT_TYPE_COLUMN_BUTTON, "usual"), "clicked");
  assert_columns (&driver, usual);
  ui_driver_tear_down (&driver);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter/written", test_written);
  g_test_add_func ("/filter/built", test_built);
  g_test_add_func ("/filter/segments", test_segments);
  g_test_add_func ("/filter/columns", test_columns);
  g_test_add_func ("/filter/views", test_views);
  return g_test_run ();
}
