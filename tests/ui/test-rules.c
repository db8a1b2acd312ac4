/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules as an administrator has them and as anybody else: switched on and off, tried, and what they
 * did. What the page does is looked at with the command line. */
#include "gtk-app/rules/sat-rules-page.h"
#include "gtk-app/window/sat-page.h"
#include "tests/ui/ui-driver.h"

#include <string.h>

#define ONLY_ADMINS "Only administrators change rules; you see which there are."

static GtkWidget *
page_of (UiDriver *driver)
{
  return GTK_WIDGET (sat_window_get_page (driver->window));
}

/* The row whose title is TITLE, in the part NAME of the page. */
static GtkWidget *
find_row (UiDriver *driver, const char *name, const char *title)
{
  GtkWidget *list = GTK_WIDGET (
      gtk_widget_get_template_child (page_of (driver), SAT_TYPE_RULES_PAGE, name));

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (ADW_IS_ACTION_ROW (row) &&
        g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), title))
      return row;
  return NULL;
}

typedef struct
{
  const char *part, *title, *says;
} Wanted;

static gboolean
row_says (UiDriver *driver, gpointer data)
{
  const Wanted *wanted = data;
  GtkWidget *row = find_row (driver, wanted->part, wanted->title);

  return row != NULL &&
         strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), wanted->says) != NULL;
}

static void
wait_row (UiDriver *driver, const char *part, const char *title, const char *says)
{
  Wanted wanted = { part, title, says };

  ui_wait (driver, row_says, &wanted, title);
}

static GtkSwitch *
switch_of (UiDriver *driver, const char *title)
{
  return GTK_SWITCH (ui_find (find_row (driver, "list", title), GTK_TYPE_SWITCH, NULL));
}

static gboolean
is_on (UiDriver *driver, gpointer title)
{
  return find_row (driver, "list", title) != NULL &&
         gtk_switch_get_active (switch_of (driver, title));
}

static gboolean
is_off (UiDriver *driver, gpointer title)
{
  return find_row (driver, "list", title) != NULL && !is_on (driver, title);
}

/* How often “satchel rules list” says TEXT. */
static guint
list_says (UiDriver *driver, const char *text)
{
  g_autofree char *said = ui_run (driver, "a", 0, "rules", "list", NULL);
  guint n = 0;

  for (const char *p = said; (p = strstr (p, text)) != NULL; p += strlen (text))
    n++;
  return n;
}

static gboolean
record_shown (UiDriver *driver, gpointer object)
{
  const SatObject *has = sat_page_get_object (sat_window_get_page (driver->window));

  return has != NULL && g_str_equal (has->name, object);
}

#define BIG "Big customers"

static void
make_rules (UiDriver *driver)
{
  g_free (ui_run (driver, "a", 0, "set", "user", "/Wang Fang", "role=admin", NULL));
  g_free (ui_run (driver, "a", 0, "new", "rule", "name=" BIG, "object=customer", "trigger=saved",
                  "condition=credit_limit > 5", "actions=set level = \"a\"", NULL));
  g_free (ui_run (driver, "a", 0, "new", "rule", "name=Far ones", "object=customer",
                  "trigger=untouched", "days=3", "actions=set city = \"Far\"", NULL));
}

/* Its own and shipped ones are switched, and undo takes it back; a row leads to the rule. */
static void
test_switch (void)
{
  UiDriver driver = { 0 };

  ui_driver_set_up (&driver, "a");
  make_rules (&driver);
  ui_act (&driver, "win.show", "s", "rules");
  g_assert_true (SAT_IS_RULES_PAGE (page_of (&driver)));
  wait_row (&driver, "list", BIG, "Customers · A record is made or changed");
  g_assert_true (is_on (&driver, (gpointer) BIG));
  gtk_switch_set_active (switch_of (&driver, BIG), FALSE);
  ui_wait (&driver, ui_says, (gpointer) "“" BIG "” is switched off", "a word");
  g_assert_cmpuint (list_says (&driver, " off"), ==, 1);
  ui_act (&driver, "win.undo", NULL);
  ui_wait (&driver, is_on, (gpointer) BIG, "the rule to be on again");
  g_assert_cmpuint (list_says (&driver, " off"), ==, 0);

  wait_row (&driver, "list", "New leads go to those who sell, in turn", "comes with Satchel");
  g_assert_true (is_off (&driver, (gpointer) "New leads go to those who sell, in turn"));
  gtk_switch_set_active (switch_of (&driver, "New leads go to those who sell, in turn"), TRUE);
  ui_wait (&driver, is_on, (gpointer) "New leads go to those who sell, in turn",
           "the shipped rule to be on");
  ui_wait (&driver, ui_says, (gpointer) "“New leads go to those who sell, in turn” is switched on",
           "a word");
  g_assert_cmpuint (list_says (&driver, "New leads go to those who sell, in turn"), ==, 1);

  gtk_widget_activate (find_row (&driver, "list", BIG));
  ui_wait (&driver, record_shown, (gpointer) "rule", "the rule's page");
  ui_driver_tear_down (&driver);
}

/* What is due is listed and not done; what was done is in the log; what cannot run says why. */
static void
test_try (void)
{
  UiDriver driver = { 0 };
  g_autofree char *said = NULL;

  ui_driver_set_up (&driver, "a");
  make_rules (&driver);
  g_free (ui_run (&driver, "a", 0, "new", "customer", "name=Acme", "credit_limit=10", NULL));
  g_free (ui_run (&driver, "a", 0, "new", "rule", "name=Old ones", "object=customer",
                  "trigger=date", "field=next_contact", "since=2020-01-01",
                  "actions=set city = \"Old\"", NULL));
  g_free (ui_run (&driver, "a", 0, "set", "customer", "/Acme", "next_contact=2020-02-02", NULL));
  ui_act (&driver, "win.show", "s", "rules");
  wait_row (&driver, "log", "Acme", BIG);
  g_signal_emit_by_name (
      gtk_widget_get_template_child (page_of (&driver), SAT_TYPE_RULES_PAGE, "try"), "clicked");
  wait_row (&driver, "tried", "Acme", "Old ones");
  said = ui_run (&driver, "a", 0, "show", "customer", "/Acme", "--json", NULL);
  g_assert_null (strstr (said, "\"Old\""));

  /* One alone, which nothing sets off by itself. */
  g_free (ui_run (&driver, "a", 0, "new", "customer", "name=Quanta", NULL));
  g_free (ui_run (&driver, "a", 0, "new", "rule", "name=By hand", "object=customer",
                  "trigger=manual", "condition=name = \"Quanta\"", "actions=set city = \"Far\"",
                  NULL));
  wait_row (&driver, "list", "By hand", "When somebody runs it");
  g_signal_emit_by_name (ui_find (find_row (&driver, "list", "By hand"), GTK_TYPE_BUTTON, NULL),
                         "clicked");
  wait_row (&driver, "tried", "Quanta", "By hand");
  g_assert_null (find_row (&driver, "tried", "Acme"));
  ui_driver_tear_down (&driver);
}

/* Whose role does not let him change rules sees them, and why he changes none. */
static void
test_others (void)
{
  UiDriver driver = { 0 };

  ui_driver_set_up (&driver, "b");
  make_rules (&driver);
  g_free (ui_run (&driver, "a", 0, "perm", "set", "sales", "customer", "export=none", NULL));
  g_free (ui_run (&driver, "a", 0, "sync", NULL));
  g_free (ui_run (&driver, "b", 0, "sync", NULL));
  ui_act (&driver, "win.show", "s", "rules");
  wait_row (&driver, "list", BIG, "Customers");
  g_assert_true (gtk_widget_get_mapped (ui_find (page_of (&driver), GTK_TYPE_LABEL, ONLY_ADMINS)));
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (switch_of (&driver, BIG))));
  /* The next window begins where this one ends. */
  ui_act (&driver, "win.show", "s", "customer");
  ui_driver_tear_down (&driver);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/switch", test_switch);
  g_test_add_func ("/rules/try", test_try);
  g_test_add_func ("/rules/others", test_others);
  return g_test_run ();
}
