/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Approvals in the window: what waits for the user and what he asked for, a save that is refused,
 * and somebody who has nothing to do with it. */
#include <string.h>

#include "gtk-app/approval/sat-approvals-page.h"
#include "gtk-app/detail/sat-record-page.h"
#include "gtk-app/window/sat-sidebar.h"
#include "tests/ui/ui-driver.h"

#define MISSING "An Approval Is Missing"

/* ---- hands ------------------------------------------------------------------------------------
 */

static gboolean
is_asked (UiDriver *driver, gpointer heading)
{
  GtkWidget *dialog = ui_find_dialog ();

  return dialog != NULL && g_str_equal (gtk_window_get_title (GTK_WINDOW (dialog)), heading);
}

static gboolean
is_over (UiDriver *driver, gpointer data)
{
  return ui_find_dialog () == NULL;
}

static gboolean
dialog_has (const char *text)
{
  return ui_find (ui_find_dialog (), GTK_TYPE_LABEL, text) != NULL;
}

static gboolean
may_answer (const char *response)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (ui_find_dialog ());

  return adw_message_dialog_has_response (dialog, response) &&
         adw_message_dialog_get_response_enabled (dialog, response);
}

/* Writes NOTE (NULL: nothing) and answers; the dialog goes then. */
static void
answer (UiDriver *driver, const char *note, const char *response)
{
  GtkWidget *dialog = ui_find_dialog ();
  GtkWidget *row = ui_find (dialog, ADW_TYPE_ENTRY_ROW, NULL);

  if (note != NULL)
    gtk_editable_set_text (GTK_EDITABLE (row), note);
  g_assert_true (may_answer (response));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_close (GTK_WINDOW (dialog));
  ui_wait (driver, is_over, NULL, "the dialog gone");
}

static gboolean
says_not (UiDriver *driver, gpointer text)
{
  return !ui_says (driver, text);
}

static gboolean
has_button (UiDriver *driver, const char *label)
{
  return ui_find (GTK_WIDGET (sat_window_get_page (driver->window)), GTK_TYPE_BUTTON, label) !=
         NULL;
}

static gboolean
button_shown (UiDriver *driver, gpointer label)
{
  return has_button (driver, label);
}

/* The number that stands beside the place in the sidebar; "": none does. */
static const char *
badge (UiDriver *driver)
{
  GtkWidget *sidebar = ui_find (GTK_WIDGET (driver->window), SAT_TYPE_SIDEBAR, NULL);
  GtkWidget *label = ui_find (sidebar, GTK_TYPE_LABEL, "Approvals");
  GtkWidget *number = label != NULL ? gtk_widget_get_next_sibling (label) : NULL;

  g_assert_nonnull (number);
  return gtk_widget_get_visible (number) ? gtk_label_get_label (GTK_LABEL (number)) : "";
}

static gboolean
badge_is (UiDriver *driver, gpointer number)
{
  return g_str_equal (badge (driver), number);
}

static void
assert_in (char *said, const char *wanted)
{
  if (strstr (said, wanted) == NULL)
    g_error ("no %s in: %s", wanted, said);
  g_free (said);
}

/* The number of LABEL in DROP; GTK_INVALID_LIST_POSITION: it is not there. */
static guint
find_choice (GtkDropDown *drop, const char *label)
{
  GListModel *model = gtk_drop_down_get_model (drop);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkStringObject) item = g_list_model_get_item (model, i);

      if (g_str_equal (gtk_string_object_get_string (item), label))
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

static void
choose (GtkDropDown *drop, const char *label)
{
  guint at = find_choice (drop, label);

  g_assert_cmpuint (at, !=, GTK_INVALID_LIST_POSITION);
  gtk_drop_down_set_selected (drop, at);
}

/* As a person does, in the form. */
static void
choose_stage (UiDriver *driver, const char *label)
{
  choose (GTK_DROP_DOWN (sat_field_editor_get_target (ui_editor (driver, "stage"))), label);
}

/* ---- the company --------------------------------------------------------------------------------
 */

/* Large deals are won only if WHO (a full name) agrees. */
static void
set_up (UiDriver *driver, const char *who)
{
  g_autofree char *person = g_strconcat ("person=/", who, NULL);

  ui_driver_set_up (driver, "a");
  g_free (ui_run (driver, "a", 0, "sync", NULL));
  g_free (ui_run (driver, "b", 0, "sync", NULL));
  g_free (ui_run (driver, "a", 0, "sync", NULL));
  g_free (ui_run (driver, "a", 0, "new", "approval_process", "name=Large", "object=deal",
                  "guard=stage = \"won\"", "condition=amount > 100", "covers=amount", NULL));
  g_free (ui_run (driver, "a", 0, "new", "approval_step", "name=Chief", "process=/Large",
                  "kind=person", person, NULL));
  g_free (ui_run (driver, "a", 0, "sync", NULL));
  g_free (ui_run (driver, "b", 0, "sync", NULL));
}

/* A deal of LAPTOP that is asked for there. */
static char *
submit (UiDriver *driver, const char *laptop)
{
  char *id = g_strchomp (
      ui_run (driver, laptop, 0, "new", "deal", "name=Pumps", "amount=500", NULL));

  g_free (ui_run (driver, laptop, 0, "approval", "submit", "deal", id, "--note", "They pay early",
                  NULL));
  g_free (ui_run (driver, laptop, 0, "sync", NULL));
  g_free (ui_run (driver, "a", 0, "sync", NULL));
  return id;
}

/* ---- deciding -----------------------------------------------------------------------------------
 */

/* What waits is counted in the sidebar, shown with its values, and approved. */
static void
test_approve (void)
{
  UiDriver driver = { 0 };
  g_autofree char *id = NULL;

  set_up (&driver, "Wang Fang");
  ui_act (&driver, "win.show", "s", "approvals");
  ui_wait (&driver, ui_says, (gpointer) "Nothing Waits for You", "an empty page");
  ui_wait (&driver, badge_is, (gpointer) "", "no number");
  id = submit (&driver, "b");
  ui_wait (&driver, badge_is, (gpointer) "1", "the number");
  ui_wait (&driver, ui_says, (gpointer) "Pumps", "the card");
  g_assert_true (ui_says (&driver, (gpointer) "“They pay early”"));
  g_assert_true (ui_says (&driver, (gpointer) "CN¥500.00"));
  g_assert_true (ui_says (&driver, (gpointer) "Chief: Wang Fang"));
  g_assert_true (ui_says (&driver, (gpointer) "1 waits for you"));
  g_assert_false (has_button (&driver, "_Withdraw…"));
  ui_click (&driver, "_Approve");
  ui_wait (&driver, is_asked, (gpointer) "Approve “Pumps”?", "the question");
  answer (&driver, "Once only", "yes");
  ui_wait (&driver, ui_says, (gpointer) "“Pumps” is approved", "a word");
  ui_wait (&driver, badge_is, (gpointer) "", "no number again");
  ui_wait (&driver, ui_says, (gpointer) "Nothing Waits for You", "an empty page again");
  assert_in (ui_run (&driver, "a", 0, "approval", "list", "--all", "--json", NULL), "Once only");

  ui_act (&driver, "win.open", "(ss)", "deal", id);
  ui_wait (&driver, ui_says, (gpointer) "Approval “Large”: Approved by Wang Fang", "its state");
  g_free (ui_run (&driver, "a", 0, "sync", NULL));
  g_free (ui_run (&driver, "b", 0, "sync", NULL));
  g_free (ui_run (&driver, "b", 0, "set", "deal", id, "stage=won", NULL));
  ui_driver_tear_down (&driver);
}

static void
test_reject (void)
{
  UiDriver driver = { 0 };
  g_autofree char *id = NULL;

  set_up (&driver, "Wang Fang");
  id = submit (&driver, "b");
  ui_act (&driver, "win.show", "s", "approvals");
  ui_wait (&driver, ui_says, (gpointer) "Pumps", "the card");
  ui_click (&driver, "_Comment…");
  ui_wait (&driver, is_asked, (gpointer) "A Comment on “Pumps”", "the question");
  g_assert_false (may_answer ("yes"));
  answer (&driver, "When?", "yes");
  ui_wait (&driver, ui_says, (gpointer) "Wang Fang wrote: When?", "the comment");
  ui_click (&driver, "_Reject…");
  ui_wait (&driver, is_asked, (gpointer) "Reject “Pumps”?", "the question");
  answer (&driver, "Too cheap", "yes");
  ui_wait (&driver, ui_says, (gpointer) "“Pumps” is rejected", "a word");
  ui_act (&driver, "win.open", "(ss)", "deal", id);
  ui_wait (&driver, ui_says, (gpointer) "Approval “Large”: Rejected by Wang Fang: Too cheap",
           "its state");
  assert_in (ui_run (&driver, "a", 0, "approval", "list", "--all", "--json", NULL), "rejected");
  ui_driver_tear_down (&driver);
}

/* Values that are others by now are shown beside those that were submitted; nobody is asked about
 * them any more. */
static void
test_outdated (void)
{
  UiDriver driver = { 0 };
  g_autofree char *id = NULL;

  set_up (&driver, "Wang Fang");
  id = submit (&driver, "b");
  g_free (ui_run (&driver, "a", 0, "set", "deal", id, "amount=900", NULL));
  ui_act (&driver, "win.approvals", "i", (int) SAT_APPROVALS_ALL);
  ui_wait (&driver, ui_says, (gpointer) "outdated", "the mark");
  g_assert_true (ui_says (&driver, (gpointer) "CN¥500.00"));
  g_assert_true (ui_says (&driver, (gpointer) "now CN¥900.00"));
  g_assert_false (has_button (&driver, "_Approve"));
  ui_wait (&driver, badge_is, (gpointer) "", "no number");
  g_free (ui_run (&driver, "a", 0, "set", "deal", id, "amount=500", NULL));
  ui_wait (&driver, says_not, (gpointer) "now CN¥900.00", "the values as they were");
  ui_wait (&driver, badge_is, (gpointer) "1", "the number");
  g_assert_true (has_button (&driver, "_Approve"));
  ui_driver_tear_down (&driver);
}

/* Who is not asked sees it, and can do nothing about it. */
static void
test_bystander (void)
{
  UiDriver driver = { 0 };
  g_autofree char *id = NULL;

  set_up (&driver, "Li Qiang");
  g_free (ui_run (&driver, "c", 0, "join", "hub", "--user", "zhao", "--name", "Zhao Min", NULL));
  g_free (ui_run (&driver, "c", 0, "sync", NULL));
  id = submit (&driver, "c");
  ui_act (&driver, "win.approvals", "i", (int) SAT_APPROVALS_ALL);
  ui_wait (&driver, ui_says, (gpointer) "Pumps", "the card");
  g_assert_true (ui_says (&driver, (gpointer) "Chief: Li Qiang"));
  g_assert_false (has_button (&driver, "_Approve"));
  g_assert_false (has_button (&driver, "_Reject…"));
  g_assert_false (has_button (&driver, "_Delegate…"));
  g_assert_false (has_button (&driver, "_Override…"));
  g_assert_false (has_button (&driver, "_Withdraw…"));
  g_assert_false (has_button (&driver, "_Comment…"));
  g_assert_cmpstr (badge (&driver), ==, "");

  g_free (ui_run (&driver, "a", 0, "set", "user", "/Wang Fang", "role=admin", NULL));
  ui_act (&driver, "win.show", "s", "approvals");
  ui_act (&driver, "win.approvals", "i", (int) SAT_APPROVALS_ALL);
  ui_wait (&driver, ui_says, (gpointer) "_Override…", "an administrator's way");
  ui_click (&driver, "_Override…");
  ui_wait (&driver, is_asked, (gpointer) "Decide “Pumps” Yourself?", "the question");
  answer (&driver, "He is away", "other");
  ui_wait (&driver, ui_says, (gpointer) "“Pumps” is rejected", "a word");
  ui_driver_tear_down (&driver);
}

/* Somebody else decides instead. */
static void
test_delegate (void)
{
  UiDriver driver = { 0 };
  g_autofree char *id = NULL;
  GtkDropDown *drop;

  set_up (&driver, "Wang Fang");
  g_free (ui_run (&driver, "c", 0, "join", "hub", "--user", "zhao", "--name", "Zhao Min", NULL));
  g_free (ui_run (&driver, "c", 0, "sync", NULL));
  id = submit (&driver, "b");
  ui_act (&driver, "win.show", "s", "approvals");
  ui_wait (&driver, ui_says, (gpointer) "Pumps", "the card");
  ui_click (&driver, "_Delegate…");
  ui_wait (&driver, is_asked, (gpointer) "Who Decides “Pumps”?", "the question");
  g_assert_false (may_answer ("yes"));
  drop = GTK_DROP_DOWN (ui_find (ui_find_dialog (), GTK_TYPE_DROP_DOWN, NULL));
  g_assert_cmpuint (find_choice (drop, "Wang Fang"), ==, GTK_INVALID_LIST_POSITION);
  g_assert_cmpuint (find_choice (drop, "Li Qiang"), ==, GTK_INVALID_LIST_POSITION);
  choose (drop, "Zhao Min");
  answer (&driver, NULL, "yes");
  ui_wait (&driver, ui_says, (gpointer) "Delegated; you can still decide yourself", "a word");
  ui_wait (&driver, ui_says, (gpointer) "Wang Fang delegated it to Zhao Min", "what was done");
  ui_driver_tear_down (&driver);
}

/* ---- asking -------------------------------------------------------------------------------------
 */

static void
assert_deal (UiDriver *driver, const char *id, const char *stage, const char *amount)
{
  g_autofree char *said = ui_run (driver, "a", 0, "show", "deal", id, "--json", NULL);

  assert_in (g_strdup (said), stage);
  assert_in (g_strdup (said), amount);
}

/* A save that is refused leads to the request, about the values that were to be saved. */
static void
test_ask (void)
{
  UiDriver driver = { 0 };
  g_autofree char *id = NULL;

  set_up (&driver, "Li Qiang");
  id = g_strchomp (ui_run (&driver, "a", 0, "new", "deal", "name=Pumps", "amount=10", NULL));
  ui_act (&driver, "win.open", "(ss)", "deal", id);
  ui_wait (&driver, ui_says, (gpointer) "Pumps", "the deal");
  ui_type (&driver, "amount", "500");
  choose_stage (&driver, "Won");
  ui_act (&driver, "win.save", NULL);
  ui_wait (&driver, is_asked, (gpointer) MISSING, "what is missing");
  g_assert_true (dialog_has ("“Pumps” needs an approval (Large) first.\n\nIt asks: Li Qiang.\n\n"
                             "Asking saves everything but “Stage”: that follows once it is "
                             "approved."));
  answer (&driver, "They pay early", "yes");
  ui_wait (&driver, ui_says, (gpointer) "Saved; the approval is asked for", "a word");
  assert_deal (&driver, id, "\"stage\" : \"lead\"", "500.00 CNY");
  ui_wait (&driver, ui_says, (gpointer) "Approval “Large”: Waits for Li Qiang", "its state");

  choose_stage (&driver, "Won");
  ui_act (&driver, "win.save", NULL);
  ui_wait (&driver, is_asked, (gpointer) "It Waits for an Approval", "that it waits");
  answer (&driver, NULL, "yes");
  ui_wait (&driver, ui_says, (gpointer) "Waiting for Me", "the page of approvals");
  ui_act (&driver, "win.approvals", "i", (int) SAT_APPROVALS_MINE);
  ui_wait (&driver, ui_says, (gpointer) "“They pay early”", "what was asked for");
  g_assert_false (has_button (&driver, "_Approve"));
  ui_click (&driver, "Re_mind…");
  ui_wait (&driver, is_asked, (gpointer) "Remind of “Pumps”?", "the question");
  answer (&driver, NULL, "yes");
  ui_wait (&driver, ui_says, (gpointer) "1 person gets a notice", "a word");
  ui_click (&driver, "_Withdraw…");
  ui_wait (&driver, is_asked, (gpointer) "Withdraw “Pumps”?", "the question");
  answer (&driver, NULL, "yes");
  ui_wait (&driver, ui_says, (gpointer) "“Pumps” is withdrawn", "a word");
  ui_wait (&driver, ui_says, (gpointer) "withdrawn", "the mark");
  ui_click (&driver, "Ask _Again…");
  ui_wait (&driver, is_asked, (gpointer) "Ask for an Approval?", "the question");
  answer (&driver, "Please", "yes");
  ui_wait (&driver, ui_says, (gpointer) "“Please”", "the new request");
  ui_driver_tear_down (&driver);
}

/* From the menu of the record, from the row of stages, and for a new record. */
static void
test_ask_elsewhere (void)
{
  UiDriver driver = { 0 };
  g_autofree char *id = NULL;
  GtkWidget *page;

  set_up (&driver, "Li Qiang");
  id = g_strchomp (ui_run (&driver, "a", 0, "new", "deal", "name=Pumps", "amount=500", NULL));
  ui_act (&driver, "win.open", "(ss)", "deal", id);
  ui_wait (&driver, button_shown, (gpointer) "Won", "the stages");
  ui_click (&driver, "Won");
  ui_wait (&driver, is_asked, (gpointer) MISSING, "what is missing");
  answer (&driver, NULL, "close");
  page = GTK_WIDGET (sat_window_get_page (driver.window));
  g_assert_true (gtk_widget_activate_action (page, "approval.ask", NULL));
  ui_wait (&driver, is_asked, (gpointer) "Ask for an Approval?", "the question");
  answer (&driver, NULL, "yes");
  ui_wait (&driver, ui_says, (gpointer) "Approval “Large”: Waits for Li Qiang", "its state");

  ui_act (&driver, "win.new", "(sss)", "deal", "", "");
  ui_type (&driver, "name", "Valves");
  ui_type (&driver, "amount", "700");
  choose_stage (&driver, "Won");
  ui_act (&driver, "win.save", NULL);
  ui_wait (&driver, is_asked, (gpointer) MISSING, "what is missing");
  answer (&driver, NULL, "yes");
  ui_wait (&driver, ui_says, (gpointer) "Saved; the approval is asked for", "a word");
  assert_in (ui_run (&driver, "a", 0, "list", "deal", "--where", "name = \"Valves\"", "--columns",
                     "stage", "--json", NULL),
             "\"lead\"");
  assert_in (ui_run (&driver, "a", 0, "approval", "list", "--mine", "--json", NULL), "Valves");
  ui_driver_tear_down (&driver);
}

/* A step may leave it to who asks whom it asks. */
static void
test_chosen (void)
{
  UiDriver driver = { 0 };
  g_autofree char *id = NULL;

  set_up (&driver, "Li Qiang");
  g_free (
      ui_run (&driver, "a", 0, "set", "approval_step", "/Chief", "kind=chosen", "person=", NULL));
  id = g_strchomp (ui_run (&driver, "a", 0, "new", "deal", "name=Pumps", "amount=10", NULL));
  ui_act (&driver, "win.open", "(ss)", "deal", id);
  ui_wait (&driver, ui_says, (gpointer) "Pumps", "the deal");
  ui_type (&driver, "amount", "500");
  choose_stage (&driver, "Won");
  ui_act (&driver, "win.save", NULL);
  ui_wait (&driver, is_asked, (gpointer) MISSING, "what is missing");
  g_assert_false (may_answer ("yes"));
  choose (GTK_DROP_DOWN (ui_find (ui_find_dialog (), GTK_TYPE_DROP_DOWN, NULL)), "Li Qiang");
  answer (&driver, NULL, "yes");
  ui_wait (&driver, ui_says, (gpointer) "Approval “Large”: Waits for Li Qiang", "its state");
  ui_driver_tear_down (&driver);
}

/* A conversion asks for the lead as it is. */
static void
test_convert (void)
{
  UiDriver driver = { 0 };
  g_autofree char *id = NULL;

  set_up (&driver, "Li Qiang");
  g_free (ui_run (&driver, "a", 0, "new", "approval_process", "name=Lead", "object=lead",
                  "guard=status = \"converted\"", "condition=amount > 100", "covers=amount", NULL));
  id = g_strchomp (ui_run (&driver, "a", 0, "new", "lead", "name=Ann", "amount=500", NULL));
  ui_act (&driver, "win.open", "(ss)", "lead", id);
  ui_wait (&driver, ui_says, (gpointer) "Ann", "the lead");
  ui_act (&driver, "win.convert", NULL);
  ui_wait (&driver, is_asked, (gpointer) "Convert the Lead?", "the question");
  answer (&driver, NULL, "convert");
  ui_wait (&driver, is_asked, (gpointer) MISSING, "what is missing");
  answer (&driver, "A good one", "yes");
  ui_wait (&driver, ui_says, (gpointer) "The approval is asked for", "a word");
  assert_in (ui_run (&driver, "a", 0, "approval", "list", "--mine", "--json", NULL), "A good one");
  ui_driver_tear_down (&driver);
}

/* What is guarded is there already: there is nothing to leave out, and that is said. */
static void
test_reached (void)
{
  UiDriver driver = { 0 };
  g_autofree char *id = NULL;

  set_up (&driver, "Li Qiang");
  id = g_strchomp (
      ui_run (&driver, "a", 0, "new", "deal", "name=Pumps", "amount=10", "stage=won", NULL));
  ui_act (&driver, "win.open", "(ss)", "deal", id);
  ui_wait (&driver, ui_says, (gpointer) "Pumps", "the deal");
  ui_type (&driver, "amount", "500");
  ui_act (&driver, "win.save", NULL);
  ui_wait (&driver, is_asked, (gpointer) MISSING, "what is missing");
  g_assert_false (adw_message_dialog_has_response (ADW_MESSAGE_DIALOG (ui_find_dialog ()), "yes"));
  answer (&driver, NULL, "close");
  assert_deal (&driver, id, "\"stage\" : \"won\"", "\"10.00 CNY\"");
  ui_driver_tear_down (&driver);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/approvals/approve", test_approve);
  g_test_add_func ("/approvals/reject", test_reject);
  g_test_add_func ("/approvals/outdated", test_outdated);
  g_test_add_func ("/approvals/bystander", test_bystander);
  g_test_add_func ("/approvals/delegate", test_delegate);
  g_test_add_func ("/approvals/ask", test_ask);
  g_test_add_func ("/approvals/ask-elsewhere", test_ask_elsewhere);
  g_test_add_func ("/approvals/chosen", test_chosen);
  g_test_add_func ("/approvals/convert", test_convert);
  g_test_add_func ("/approvals/reached", test_reached);
  return g_test_run ();
}
