/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A command's options from a file, so that a fleet of laptops can be set up without anybody typing:
 *
 *   [join]
 *   url=git@example.org:crm.git
 *   user=wang
 *   book=east;west
 *   remember=true
 *
 * The group is the command's name; the keys are its options without the dashes, and WORD for its
 * first word. A list is separated by semicolons, a switch is true or false. What stands on the
 * command line comes before what the file says. */
#pragma once

#include "cli/sat-args.h"

G_BEGIN_DECLS

/* ARGS and what FILE adds to them. A key that is no option of the command is wrong usage. NULL:
 * ERROR says why. */
SatArgs *sat_args_with_file (const SatArgs *args,
                             const char *file,
                             const char *group,
                             const char *word,
                             const SatOption *options,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
