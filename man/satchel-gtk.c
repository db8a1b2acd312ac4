/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel-gtk(1), from the options that the program has, and its keys. */
#include "gtk-app/sat-application.h"
#include "man/sat-page.h"
#include "man/sat-roff.h"

static void
add_options (GString *page)
{
  sat_roff_section (page, _ ("OPTIONS"));
  for (const GOptionEntry *entry = sat_application_options (); entry->long_name != NULL; entry++)
    {
      g_autoptr (GString) term = g_string_new (NULL);

      if (entry->short_name != 0)
        g_string_append_printf (term, "-%c, ", entry->short_name);
      g_string_append_printf (term, "--%s", entry->long_name);
      if (entry->arg_description != NULL)
        g_string_append_printf (term, " %s", _ (entry->arg_description));
      sat_roff_item (page, term->str, _ (entry->description));
    }
  /* GApplication's own. */
  sat_roff_item (page, "--help", _ ("show this help"));
}

static void
add_keys (GString *page)
{
  static const SatPageItem keys[] = {
    { "Ctrl+K", N_ ("Go anywhere") },
    { "Ctrl+F", N_ ("Search in the list") },
    { "Ctrl+N", N_ ("New") },
    { "Ctrl+S", N_ ("Save") },
    { "Alt+Left", N_ ("Back") },
    { "F5", N_ ("Sync") },
    { "F1", N_ ("Keyboard shortcuts") },
    { "Ctrl+Q", N_ ("Quit") },
  };

  sat_page_items (page, _ ("KEYS"), keys, G_N_ELEMENTS (keys));
}

int
main (int argc, char **argv)
{
  g_autoptr (GString) page = g_string_new (NULL);

  sat_page_set_up_language (argc, argv);
  sat_page_begin (page, "satchel-gtk",
                  _ ("customers, deals and visits on the desktop, with or without a network"));
  sat_roff_section (page, _ ("SYNOPSIS"));
  sat_roff_usage (page, "satchel-gtk", "[OPTION]... [FILE]");
  sat_roff_section (page, _ ("DESCRIPTION"));
  sat_roff_text (page, _ ("The desktop app of Satchel: lists, forms, history, search, and the "
                          "questions that wait for you. It works on the replica of this laptop, "
                          "with no network; F5 exchanges changes with the hub, for which it starts "
                          "“satchel sync”. Where there is no workspace yet it helps to join one."));
  sat_roff_text (page,
                 _ ("FILE is a table (CSV or Excel) or a vCard: the app begins with what would "
                    "be imported from it."));
  add_options (page);
  add_keys (page);
  sat_page_environment (page, NULL, 0);
  sat_page_files (page);
  sat_page_see_also (page, "satchel(1)");
  return sat_page_print (page) ? 0 : 1;
}
