/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sections that are the same in every page. */
#include "man/sat-page.h"

#include <locale.h>
#include <stdio.h>

#include "config.h"
#include "man/sat-roff.h"

void
sat_page_set_up_language (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  if (argc > 1)
    bindtextdomain (SAT_GETTEXT_PACKAGE, argv[1]);
  bind_textdomain_codeset (SAT_GETTEXT_PACKAGE, "UTF-8");
  textdomain (SAT_GETTEXT_PACKAGE);
}

void
sat_page_begin (GString *page, const char *name, const char *summary)
{
  /* Translators: the heading of a manual page's first section. */
  sat_roff_begin (page, name, _ ("NAME"), summary, "Satchel " SAT_VERSION, _ ("User Commands"));
}

static void
add_items (GString *page, const SatPageItem *items, gsize n)
{
  for (gsize i = 0; i < n; i++)
    sat_roff_item (page, items[i].term, _ (items[i].text));
}

void
sat_page_items (GString *page, const char *heading, const SatPageItem *items, gsize n)
{
  sat_roff_section (page, heading);
  add_items (page, items, n);
}

void
sat_page_environment (GString *page, const SatPageItem *items, gsize n)
{
  static const SatPageItem common[] = {
    { "LANGUAGE, LC_ALL, LC_MESSAGES, LANG",
      N_ ("The language of messages and labels: English, or Chinese where it begins with zh_CN.") },
    { "XDG_DATA_HOME",
      N_ ("The folder in which satchel/ holds the replica where --home does not say otherwise; "
          "default: ~/.local/share.") },
  };

  sat_page_items (page, _ ("ENVIRONMENT"), common, G_N_ELEMENTS (common));
  add_items (page, items, n);
}

void
sat_page_files (GString *page)
{
  static const SatPageItem files[] = {
    { "~/.local/share/satchel/",
      N_ ("The replica of this laptop; --home chooses another folder.") },
    { "replica.db", N_ ("In it: everything you see, in SQLite.") },
    { "device.key",
      N_ ("In it: the key with which this laptop signs what it sends. Keep it private, and never "
          "copy it to another laptop.") },
    { "git/", N_ ("In it: what was exchanged; made anew when missing.") },
    { "allowed_signers", N_ ("In it: the keys of all devices, for git verify-commit.") },
    { "/etc/satchel/satchel.conf",
      N_ ("What an administrator has locked on this computer: a group [locks] with "
          "locked=hub;export;copies, or some of these, and by=WHO.") },
  };

  sat_page_items (page, _ ("FILES"), files, G_N_ELEMENTS (files));
}

void
sat_page_see_also (GString *page, const char *pages)
{
  sat_roff_section (page, _ ("SEE ALSO"));
  sat_roff_text (page, pages);
}

gboolean
sat_page_print (const GString *page)
{
  return fwrite (page->str, 1, page->len, stdout) == page->len && fflush (stdout) == 0;
}
