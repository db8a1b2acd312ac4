/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A deal's stages on its page: the row, what is missing, going on, forcing, undo; and the same when
 * the form is saved. */
#include <string.h>

#include "gtk-app/detail/sat-record-page.h"
#include "tests/ui/ui-driver.h"

static gboolean
is_asked (UiDriver *driver, gpointer data)
{
  return ui_find_dialog () != NULL;
}

static gboolean
is_over (UiDriver *driver, gpointer data)
{
  return ui_find_dialog () == NULL;
}

/* The button that TEXT stands on, deep in it or not, that can be pressed. */
static GtkWidget *
find_button (UiDriver *driver, const char *text)
{
  GtkWidget *label = ui_find (GTK_WIDGET (driver->window), GTK_TYPE_LABEL, text);
  GtkWidget *button = label != NULL ? gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON) : NULL;

  return button != NULL && gtk_widget_is_sensitive (button) ? button : NULL;
}

static gboolean
can_press (UiDriver *driver, gpointer text)
{
  return find_button (driver, text) != NULL;
}

/* The steps are read in the background. */
static void
press (UiDriver *driver, const char *text)
{
  GtkWidget *button;

  ui_wait (driver, can_press, (gpointer) text, text);
  button = find_button (driver, text);
  g_signal_emit_by_name (button, "clicked");
}

/* As a person does, in the form. */
static void
choose_stage (UiDriver *driver, const char *label)
{
  GtkDropDown *drop = GTK_DROP_DOWN (sat_field_editor_get_target (ui_editor (driver, "stage")));
  GListModel *model = gtk_drop_down_get_model (drop);
  guint n = g_list_model_get_n_items (model);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkStringObject) item = g_list_model_get_item (model, i);

      if (g_str_equal (gtk_string_object_get_string (item), label))
        {
          gtk_drop_down_set_selected (drop, i);
          return;
        }
    }
  g_assert_not_reached ();
}

/* The dialog goes when it has answered. */
static void
answer (UiDriver *driver, const char *response)
{
  GtkWidget *dialog = ui_find_dialog ();

  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_close (GTK_WINDOW (dialog));
  ui_wait (driver, is_over, NULL, "the dialog gone");
}

static void
assert_stage (UiDriver *driver, const char *id, const char *stage)
{
  g_autofree char *said = ui_run (driver, "a", 0, "show", "deal", id, "--json", NULL);
  g_autofree char *wanted = g_strdup_printf ("\"stage\" : \"%s\"", stage);

  if (strstr (said, wanted) == NULL)
    g_error ("not in %s: %s", stage, said);
}

/* A pipeline of two stages: the first asks for an amount, the second for nothing. */
static char *
make_deal (UiDriver *driver)
{
  g_free (ui_run (driver, "a", 0, "new", "pipeline", "name=Sales", "is_default=yes", NULL));
  g_free (ui_run (driver, "a", 0, "new", "stage", "name=First talk", "pipeline=Sales",
                  "choice=talk", "criteria=Budget known: amount is not empty",
                  "guidance=Find out who decides.", NULL));
  g_free (ui_run (driver, "a", 0, "new", "stage", "name=Offer made", "pipeline=Sales",
                  "choice=proposal", NULL));
  return g_strchomp (ui_run (driver, "a", 0, "new", "deal", "name=Pumps", "stage=talk", NULL));
}

/* A salesperson is told what is missing, gives it, and goes on; and takes it back. */
static void
test_go_on (void)
{
  UiDriver driver = { 0 };
  g_autofree char *id = NULL;

  ui_driver_set_up (&driver, "a");
  id = make_deal (&driver);
  ui_act (&driver, "win.open", "(ss)", "deal", id);
  ui_wait (&driver, ui_says, (gpointer) "Next: Offer made", "the next stage");
  ui_wait (&driver, ui_says, (gpointer) "Before it goes on to “Offer made”:\n• Budget known",
           "what is missing");
  ui_wait (&driver, ui_says, (gpointer) "Find out who decides.", "the guidance");
  press (&driver, "Next: Offer made");
  ui_wait (&driver, is_asked, NULL, "why not");
  g_assert_null (ui_find (ui_find_dialog (), ADW_TYPE_ENTRY_ROW, NULL));
  answer (&driver, "close");
  assert_stage (&driver, id, "talk");

  g_free (ui_run (&driver, "a", 0, "set", "deal", id, "amount=9 CNY", NULL));
  press (&driver, "Next: Offer made");
  ui_wait (&driver, ui_says, (gpointer) "Moved to “Offer made”", "a word");
  assert_stage (&driver, id, "proposal");
  ui_wait (&driver, ui_says, (gpointer) "Next: Won", "the stage after");
  press (&driver, "First talk");
  ui_wait (&driver, ui_says, (gpointer) "Moved to “First talk”", "a word");
  assert_stage (&driver, id, "talk");
  ui_driver_tear_down (&driver);
}

/* A manager forces it on, from the row and by the form, with a reason only. */
static void
test_force (void)
{
  UiDriver driver = { 0 };
  g_autofree char *id = NULL;
  GtkWidget *reason;

  ui_driver_set_up (&driver, "a");
  id = make_deal (&driver);
  g_free (ui_run (&driver, "a", 0, "set", "user", "/Wang Fang", "role=manager", NULL));
  ui_act (&driver, "win.open", "(ss)", "deal", id);
  ui_wait (&driver, ui_says, (gpointer) "Next: Offer made", "the next stage");
  press (&driver, "Won");
  ui_wait (&driver, is_asked, NULL, "the question");
  reason = ui_find (ui_find_dialog (), ADW_TYPE_ENTRY_ROW, NULL);
  g_assert_nonnull (reason);
  g_assert_false (
      adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (ui_find_dialog ()), "anyway"));
  gtk_editable_set_text (GTK_EDITABLE (reason), "  They signed ");
  answer (&driver, "anyway");
  ui_wait (&driver, ui_says, (gpointer) "Moved to “Won”", "a word");
  assert_stage (&driver, id, "won");

  g_free (ui_run (&driver, "a", 0, "set", "deal", id, "stage=talk", NULL));
  ui_wait (&driver, ui_says, (gpointer) "Next: Offer made", "the next stage");
  choose_stage (&driver, "Proposal or quote");
  ui_act (&driver, "win.save", NULL);
  ui_wait (&driver, is_asked, NULL, "the question of the form");
  reason = ui_find (ui_find_dialog (), ADW_TYPE_ENTRY_ROW, NULL);
  gtk_editable_set_text (GTK_EDITABLE (reason), "Known by phone");
  answer (&driver, "anyway");
  ui_wait (&driver, ui_says, (gpointer) "Next: Won", "the stage after");
  assert_stage (&driver, id, "proposal");
  g_autofree char *moves = ui_run (&driver, "a", 0, "list", "stage_move", "--where", "forced",
                                   "--columns", "reason", "--json", NULL);
  g_assert_nonnull (strstr (moves, "\"They signed\""));
  g_assert_nonnull (strstr (moves, "\"Known by phone\""));
  ui_driver_tear_down (&driver);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/steps/go-on", test_go_on);
  g_test_add_func ("/steps/force", test_force);
  return g_test_run ();
}
