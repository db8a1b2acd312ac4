/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one place where an error of core becomes a sentence in the person's language. */
#pragma once

#include "core/catalogue/sat-catalogue.h"

G_BEGIN_DECLS

/* A sentence that starts with a capital letter and has no full stop. Errors of GLib and GIO come
 * already worded. Newly allocated. */
char *sat_error_text (const GError *error) G_GNUC_WARN_UNUSED_RESULT;
/* The same about a record of OBJECT: what the catalogue calls by names (objects, fields, choices)
 * stands there by its label. */
char *sat_error_text_about (const GError *error, const SatObject *object) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
