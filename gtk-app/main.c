/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel-gtk: the window onto a workspace. */
#include "gtk-app/sat-application.h"

int
main (int argc, char **argv)
{
  g_autoptr (SatApplication) application = NULL;

  sat_application_set_up_language ();
  application = sat_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
