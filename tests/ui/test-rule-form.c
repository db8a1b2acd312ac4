/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A rule is written in its form: what it is about, when, the condition, the actions as cards; other
 * records that hold conditions have the same editors. What is saved is looked at with the command
 * line. */
#include "gtk-app/field/sat-action-card.h"
#include "gtk-app/form/sat-field-row.h"
#include "gtk-app/window/sat-page.h"
#include "tests/ui/ui-driver.h"

#include <string.h>

static gboolean
is_shown (UiDriver *driver, const char *field)
{
  return gtk_widget_get_visible (
      gtk_widget_get_ancestor (GTK_WIDGET (ui_editor (driver, field)), SAT_TYPE_FIELD_ROW));
}

/* The Nth card; NULL: there are fewer. */
static SatActionCard *
card_at (UiDriver *driver, guint n)
{
  GtkWidget *card = ui_find (GTK_WIDGET (ui_editor (driver, "actions")), SAT_TYPE_ACTION_CARD,
                             NULL);

  for (guint i = 0; i < n && card != NULL; i++)
    card = gtk_widget_get_next_sibling (card);
  return card != NULL ? SAT_ACTION_CARD (card) : NULL;
}

/* The drop-down or entry of CARD that a person knows as NAME, which must be shown. */
static GtkWidget *
part_of (GtkWidget *widget, GType type, const char *name)
{
  GtkWidget *found = NULL;

  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), name) &&
      gtk_widget_get_visible (gtk_widget_get_parent (widget)))
    for (GtkWidget *child = gtk_widget_get_next_sibling (widget); child != NULL;
         child = gtk_widget_get_next_sibling (child))
      if (g_type_is_a (G_OBJECT_TYPE (child), type) && gtk_widget_get_visible (child))
        return child;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = part_of (child, type, name);
  return found;
}

static void
choose_in (GtkDropDown *list, const char *label)
{
  GListModel *model = gtk_drop_down_get_model (list);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkStringObject) item = g_list_model_get_item (model, i);

      if (g_str_equal (gtk_string_object_get_string (item), label))
        {
          gtk_drop_down_set_selected (list, i);
          return;
        }
    }
  g_error ("nothing is called %s", label);
}

static void
choose_part (SatActionCard *card, const char *name, const char *label)
{
  choose_in (GTK_DROP_DOWN (part_of (GTK_WIDGET (card), GTK_TYPE_DROP_DOWN, name)), label);
}

static void
type_part (SatActionCard *card, const char *name, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (part_of (GTK_WIDGET (card), GTK_TYPE_ENTRY, name)), text);
}

static void
choose_kind (SatActionCard *card, const char *label)
{
  choose_in (GTK_DROP_DOWN (ui_find (GTK_WIDGET (card), GTK_TYPE_DROP_DOWN, NULL)), label);
}

static void
press_in (GtkWidget *root, const char *hint)
{
  GtkWidget *found = NULL;
  GQueue queue = G_QUEUE_INIT;

  g_queue_push_tail (&queue, root);
  while (found == NULL && !g_queue_is_empty (&queue))
    {
      GtkWidget *widget = g_queue_pop_head (&queue);

      if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_widget_get_tooltip_text (widget), hint) == 0)
        found = widget;
      for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
           child = gtk_widget_get_next_sibling (child))
        g_queue_push_tail (&queue, child);
    }
  g_queue_clear (&queue);
  g_assert_nonnull (found);
  g_signal_emit_by_name (found, "clicked");
}

static void
show_page (UiDriver *driver, const char *object, const char *title)
{
  g_autofree char *all = ui_run (driver, "a", 0, "list", object, "--where", title, "--json", NULL);
  const char *at = strstr (all, "\"id\":\"");
  g_autofree char *id = at != NULL ? g_strndup (at + strlen ("\"id\":\""), 36) : NULL;

  g_assert_nonnull (id);
  ui_act (driver, "win.open", "(ss)", object, id);
}

static gboolean
rule_shown (UiDriver *driver, gpointer name)
{
  const SatObject *object = sat_page_get_object (sat_window_get_page (driver->window));
  g_autofree char *has = NULL;

  if (object == NULL || !g_str_equal (object->name, "rule"))
    return FALSE;
  has = ui_value (driver, "name");
  return g_strcmp0 (has, name) == 0;
}

static void
assert_says (UiDriver *driver, const char *where, const char *text)
{
  g_autofree char *said = ui_run (driver, "a", 0, "list", "rule", "--where", where, "--columns",
                                  "name,enabled,field,condition,actions", "--json", NULL);

  if (strstr (said, text) == NULL)
    g_error ("no %s in %s", text, said);
}

static gboolean
is_clean (UiDriver *driver, gpointer data)
{
  return !sat_page_is_dirty (sat_window_get_page (driver->window));
}

static void
test_make (void)
{
  UiDriver driver = { 0 };
  SatActionCard *card;

  ui_driver_set_up (&driver, "a");
  g_free (ui_run (&driver, "a", 0, "set", "user", "/Wang Fang", "role=admin", NULL));
  ui_act (&driver, "win.new", "(sss)", "rule", "", "");
  ui_type (&driver, "name", "Big ones");
  g_assert_false (is_shown (&driver, "days"));
  sat_field_editor_set_value (ui_editor (&driver, "trigger"), "untouched");
  g_signal_emit_by_name (ui_editor (&driver, "trigger"), "changed");
  g_assert_true (is_shown (&driver, "days") && is_shown (&driver, "field"));
  g_assert_false (is_shown (&driver, "at") || is_shown (&driver, "since"));
  choose_in (GTK_DROP_DOWN (sat_field_editor_get_target (ui_editor (&driver, "object"))),
             "Customer");
  choose_in (GTK_DROP_DOWN (sat_field_editor_get_target (ui_editor (&driver, "field"))),
             "Next contact");
  ui_type (&driver, "days", "3");
  ui_type (&driver, "condition", "level = \"gold\"");
  sat_page_save (sat_window_get_page (driver.window));
  ui_wait (&driver, ui_says, (gpointer) "“gold” is not one of the choices; take one of: a, b, c, d",
           "what is wrong");
  ui_type (&driver, "condition", "level = \"a\"");

  ui_click (&driver, "Add an Action");
  card = card_at (&driver, 0);
  choose_part (card, "Field", "City");
  type_part (card, "Value", "nothing");
  ui_click (&driver, "Add an Action");
  choose_kind (card_at (&driver, 1), "Make a record");
  choose_part (card_at (&driver, 1), "Of", "Task");
  type_part (card_at (&driver, 1), "What is in it", "subject = name");
  sat_page_save (sat_window_get_page (driver.window));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (card_at (&driver, 0)), "wrong"));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (card_at (&driver, 1)), "wrong"));
  type_part (card, "Value", "\"Far\"");
  press_in (GTK_WIDGET (card), "Do it later");
  sat_page_save (sat_window_get_page (driver.window));
  ui_wait (&driver, is_clean, NULL, "the rule saved");
  assert_says (&driver, "name = \"Big ones\"",
               "\"actions\":\"create task: subject = name\\nset city = \\\"Far\\\"\"");
  assert_says (&driver, "name = \"Big ones\"", "\"condition\":\"level = \\\"a\\\"\"");
  assert_says (&driver, "name = \"Big ones\"", "\"field\":\"next_contact\"");
  ui_driver_tear_down (&driver);
}

/* One that somebody wrote stays as it is, apart from what is changed. */
static void
test_edit (void)
{
  UiDriver driver = { 0 };

  ui_driver_set_up (&driver, "a");
  g_free (ui_run (&driver, "a", 0, "set", "user", "/Wang Fang", "role=admin", NULL));
  g_free (ui_run (&driver, "a", 0, "new", "rule", "name=Old", "object=customer", "trigger=changed",
                  "condition=level changed",
                  "actions=set  level=\"a\"\nadd lost\nnotify owner: name", NULL));
  show_page (&driver, "rule", "name = \"Old\"");
  ui_wait (&driver, rule_shown, (gpointer) "Old", "the rule");
  ui_wait (&driver, is_clean, NULL, "nothing changed");
  g_assert_nonnull (card_at (&driver, 2));
  g_assert_null (card_at (&driver, 3));
  press_in (GTK_WIDGET (card_at (&driver, 1)), "Remove the action");
  type_part (card_at (&driver, 1), "To", "owner, wang");
  g_assert_true (sat_page_is_dirty (sat_window_get_page (driver.window)));
  sat_page_save (sat_window_get_page (driver.window));
  ui_wait (&driver, is_clean, NULL, "the rule saved");
  assert_says (&driver, "name = \"Old\"",
               "\"actions\":\"set  level=\\\"a\\\"\\nnotify owner, wang: name\"");
  ui_driver_tear_down (&driver);
}

/* A condition that names what is gone opens, and the rule can be switched off. */
static void
test_broken (void)
{
  UiDriver driver = { 0 };

  ui_driver_set_up (&driver, "a");
  g_free (ui_run (&driver, "a", 0, "set", "user", "/Wang Fang", "role=admin", NULL));
  g_free (ui_run (&driver, "a", 0, "catalogue", "add-field", "customer", "Fax", NULL));
  g_free (ui_run (&driver, "a", 0, "new", "rule", "name=Fax", "object=customer", "trigger=saved",
                  "condition=Fax is empty", "actions=set Fax = \"none\"", NULL));
  g_free (ui_run (&driver, "a", 0, "catalogue", "retire", "customer", "Fax", NULL));
  show_page (&driver, "rule", "name = \"Fax\"");
  ui_wait (&driver, rule_shown, (gpointer) "Fax", "the rule");
  ui_wait (&driver, is_clean, NULL, "nothing changed");
  sat_field_editor_set_value (ui_editor (&driver, "enabled"), "no");
  g_signal_emit_by_name (ui_editor (&driver, "enabled"), "changed");
  sat_page_save (sat_window_get_page (driver.window));
  ui_wait (&driver, is_clean, NULL, "the rule saved");
  assert_says (&driver, "name = \"Fax\"", "\"enabled\":false");
  ui_driver_tear_down (&driver);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rule-form/make", test_make);
  g_test_add_func ("/rule-form/edit", test_edit);
  g_test_add_func ("/rule-form/broken", test_broken);
  return g_test_run ();
}
