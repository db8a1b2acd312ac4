/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows where a file is. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Opens the folder of FILE in the file manager with FILE selected; where there is no file manager
 * that can, just the folder. */
void sat_show_file (GFile *file);

G_END_DECLS
