/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records that get another owner or another book from their page, all that a user owns, and the
 * books that this device holds. */
#include "gtk-app/assign/sat-assign-page.h"
#include "gtk-app/detail/sat-record-page.h"
#include "tests/ui/ui-driver.h"

#include <string.h>

static gboolean
record_shown (UiDriver *driver, gpointer data)
{
  return SAT_IS_RECORD_PAGE (sat_window_get_page (driver->window));
}

static gboolean
shown_here (UiDriver *driver, gpointer text)
{
  return ui_find (GTK_WIDGET (sat_window_get_page (driver->window)), GTK_TYPE_LABEL, text) != NULL;
}

static gboolean
says (UiDriver *driver, gpointer text)
{
  return ui_says (driver, text);
}

/* The id that a command printed, alone on its line. */
static char *
make (UiDriver *driver, const char *object, const char *name, const char *more)
{
  char *id = ui_run (driver, "a", 0, "new", object, name, more, NULL);

  return g_strchomp (id);
}

static void
open_record (UiDriver *driver, const char *object, const char *id, const char *title)
{
  ui_act (driver, "win.open", "(ss)", object, id);
  ui_wait (driver, shown_here, (gpointer) title, "the record");
}

static void
assert_shows (UiDriver *driver, const char *id, const char *part)
{
  g_autofree char *text = ui_run (driver, "a", 0, "show", "customer", id, "--json", NULL);

  if (strstr (text, part) == NULL)
    g_test_message ("%s lacks %s", text, part);
  g_assert_nonnull (strstr (text, part));
}

/* The id of the user LOGIN. */
static char *
user_id (UiDriver *driver, const char *login)
{
  g_autofree char *where = g_strdup_printf ("login = \"%s\"", login);
  g_autofree char *text = ui_run (driver, "a", 0, "list", "user", "--where", where, "--json", NULL);
  const char *id = strstr (text, "\"id\":\"");

  g_assert_nonnull (id);
  return g_strndup (id + strlen ("\"id\":\""), 36);
}

static void
choose_owner (UiDriver *driver, const char *id)
{
  SatFieldEditor *editor = ui_editor (driver, "owner");

  sat_field_editor_set_value (editor, id);
  g_signal_emit_by_name (editor, "changed");
}

static gboolean
nobody_owns (UiDriver *driver, gpointer data)
{
  g_autofree char *owner = ui_value (driver, "owner");

  return owner == NULL;
}

/* To another book, with what belongs to it; the page says where it is; undo. */
static void
test_move (void)
{
  UiDriver driver = { 0 };
  g_autofree char *id = NULL;
  g_autofree char *reference = NULL;
  g_autofree char *contact = NULL;

  ui_driver_set_up (&driver, "a");
  id = make (&driver, "customer", "name=Hongda", "city=Xi'an");
  reference = g_strconcat ("customer=", id, NULL);
  contact = make (&driver, "contact", "name=Zhang", reference);
  open_record (&driver, "customer", id, "Hongda");
  g_assert_true (shown_here (&driver, (gpointer) "Company · Xi'an"));

  g_free (ui_run (&driver, "a", 0, "book", "create", "west", "--name", "West", NULL));
  ui_wait (&driver, shown_here, (gpointer) "Company · Xi'an · Book customers",
           "the book on the page");
  ui_act (&driver, "win.assign", NULL);
  g_assert_true (SAT_IS_ASSIGN_PAGE (sat_window_get_page (driver.window)));
  ui_wait (&driver, shown_here, (gpointer) "Goes along to another book: Contacts: 1.",
           "what goes along");
  ui_choose (&driver, "Book", "West");
  g_assert_true (
      shown_here (&driver, (gpointer) "From then on only those who hold the new book see it."));
  ui_click (&driver, "_Move");
  ui_wait (&driver, record_shown, NULL, "the record again");
  ui_wait (&driver, shown_here, (gpointer) "Company · Xi'an · Book West", "the other book");
  g_assert_true (says (&driver, (gpointer) "“Hongda” moved to book “West”"));
  assert_shows (&driver, id, "\"book\" : \"west\"");
  ui_click (&driver, "_Undo");
  ui_wait (&driver, shown_here, (gpointer) "Company · Xi'an · Book customers", "the book before");
  assert_shows (&driver, id, "\"book\" : \"customers\"");

  /* What goes with its customer has no book to choose. */
  open_record (&driver, "contact", contact, "Zhang");
  ui_act (&driver, "win.assign", NULL);
  ui_wait (&driver, shown_here,
           (gpointer) "It is in the same book as “Hongda”, and goes where that goes.",
           "why it has no book of its own");
  ui_driver_tear_down (&driver);
}

static void
test_hand (void)
{
  UiDriver driver = { 0 };
  g_autofree char *id = NULL;
  g_autofree char *li = NULL;
  g_autofree char *part = NULL;

  ui_driver_set_up (&driver, "a");
  ui_sync (&driver);
  li = user_id (&driver, "li");
  part = g_strdup_printf ("\"owner\" : \"%s\"", li);
  id = make (&driver, "customer", "name=Hongda", "city=Xi'an");
  open_record (&driver, "customer", id, "Hongda");
  ui_act (&driver, "win.assign", NULL);
  ui_wait (&driver, shown_here, (gpointer) "Hongda", "whom it is about");
  choose_owner (&driver, li);
  ui_click (&driver, "_Hand Over");
  ui_wait (&driver, record_shown, NULL, "the record again");
  assert_shows (&driver, id, part);
  ui_act (&driver, "win.undo", NULL);
  ui_wait (&driver, nobody_owns, NULL, "that it is undone");
  assert_shows (&driver, id, "\"owner\" : null");
  ui_driver_tear_down (&driver);
}

/* From the page of a user who leaves. */
static void
test_all (void)
{
  UiDriver driver = { 0 };
  g_autofree char *wang = NULL;
  g_autofree char *li = NULL;
  g_autofree char *owner = NULL;
  g_autofree char *part = NULL;
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;

  ui_driver_set_up (&driver, "a");
  ui_sync (&driver);
  wang = user_id (&driver, "wang");
  li = user_id (&driver, "li");
  owner = g_strconcat ("owner=", wang, NULL);
  part = g_strdup_printf ("\"owner\" : \"%s\"", li);
  one = make (&driver, "customer", "name=Hongda", owner);
  two = make (&driver, "customer", "name=Quanta", owner);
  open_record (&driver, "user", wang, "Wang Fang");
  ui_act (&driver, "win.hand-over", NULL);
  ui_wait (&driver, shown_here, (gpointer) "What Wang Fang owns here: Customers: 2.",
           "what there is");
  g_assert_true (shown_here (&driver, (gpointer) "Quanta"));
  choose_owner (&driver, li);
  ui_click (&driver, "_Hand Over");
  ui_wait (&driver, record_shown, NULL, "the user again");
  assert_shows (&driver, one, part);
  assert_shows (&driver, two, part);
  ui_driver_tear_down (&driver);
}

static void
test_books (void)
{
  UiDriver driver = { 0 };
  g_autofree char *list = NULL;

  ui_driver_set_up (&driver, "a");
  g_free (ui_run (&driver, "a", 0, "book", "create", "west", "--name", "West", NULL));
  ui_act (&driver, "win.show", "s", "books");
  ui_wait (&driver, shown_here, (gpointer) "West", "the books");
  g_assert_true (shown_here (&driver, (gpointer) "customers"));
  g_assert_false (shown_here (&driver, (gpointer) "company"));
  ui_click (&driver, "Release");
  ui_wait (&driver, shown_here, (gpointer) "Leaves this device once everything is sent",
           "the book that leaves");
  ui_click (&driver, "_Undo");
  ui_wait (&driver, says, (gpointer) "“customers” comes with the next sync", "that it stays");
  list = ui_run (&driver, "a", 0, "book", "list", "--json", NULL);
  g_assert_null (strstr (list, "\"leaving\" : true"));
  ui_driver_tear_down (&driver);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/assign/move", test_move);
  g_test_add_func ("/ui/assign/hand", test_hand);
  g_test_add_func ("/ui/assign/all", test_all);
  g_test_add_func ("/ui/assign/books", test_books);
  return g_test_run ();
}
