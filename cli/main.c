/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `satchel`: sets up language and libraries, then runs the command line. */
#include <locale.h>

#include "cli/sat-commands.h"
#include "config.h"

/* Started from the build folder the translations come from there. */
static const char *
locale_dir (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  if (program != NULL && g_str_has_prefix (program, SAT_BUILD_DIR "/"))
    return SAT_BUILD_DIR "/po";
  return SAT_LOCALE_DIR;
}

/* On a machine where the person's locale was never generated, C.UTF-8 with LANGUAGE still gives the
 * translated words. */
static void
set_up_language (void)
{
  if (setlocale (LC_ALL, "") == NULL)
    {
      const char *wanted = g_getenv ("LC_ALL");

      if (wanted == NULL || *wanted == '\0')
        wanted = g_getenv ("LC_MESSAGES");
      if (wanted == NULL || *wanted == '\0')
        wanted = g_getenv ("LANG");
      if (wanted != NULL && *wanted != '\0' && setlocale (LC_ALL, "C.UTF-8") != NULL)
        g_setenv ("LANGUAGE", wanted, FALSE);
    }
  bindtextdomain (SAT_GETTEXT_PACKAGE, locale_dir ());
  bind_textdomain_codeset (SAT_GETTEXT_PACKAGE, "UTF-8");
  textdomain (SAT_GETTEXT_PACKAGE);
}

int
main (int argc, char **argv)
{
  set_up_language ();
  return sat_commands_main ((const char *const *) argv + (argc > 0 ? 1 : 0));
}
