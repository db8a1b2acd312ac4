/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel-gtk: the window onto a workspace. */
#include "gtk-app/sat-application.h"

int
main (int argc, char **argv)
{
  g_autoptr (SatApplication) application = NULL;
  int status;

  sat_application_set_up_language ();
  application = sat_application_new ();
  status = g_application_run (G_APPLICATION (application), argc, argv);
  return status != 0 ? status : sat_application_get_status (application);
}
