/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The beginning of a bundle: git's own format, version 2 (gitformat-bundle(5)), so that stock `git
 * bundle verify`, `list-heads` and `unbundle` read it. Pure functions.
 *
 *   # v2 git bundle
 *   -<40 hex> change-set 12 of customers        (what must be there already: prerequisites)
 *   <40 hex> refs/heads/<book>/<device>/<epoch>
 *   <40 hex> refs/satchel/1/<workspace>/<device that wrote the file>
 *                                               (an empty line, and then a pack to the end)
 *
 * The ref below refs/satchel says whose the file is; the 1 is the version of what it means. Its
 * commit is that of any other ref. */
#pragma once

#include "core/base/sat-id.h"
#include "sync/sat-commit-text.h"

G_BEGIN_DECLS

#define SAT_BUNDLE_VERSION 1
#define SAT_BUNDLE_REFS_MAX 100000 /* refs, and as many prerequisites */
#define SAT_BUNDLE_HEADER_MAX ((gsize) 32 * 1024 * 1024)
#define SAT_BUNDLE_LINE_MAX 1024

typedef struct
{
  char hex[SAT_GIT_HEX + 1];
  char *name; /* of a ref; of a prerequisite its comment, which may be empty */
} SatBundleLine;

typedef struct
{
  GArray *wanted;  /* SatBundleLine: prerequisites */
  GArray *refs;    /* SatBundleLine, without the one below refs/satchel */
  SatId workspace; /* whose the file is */
  SatId device;    /* who wrote it */
  gsize length;    /* of the header in bytes: the pack begins there */
} SatBundleHead;

void sat_bundle_head_init (SatBundleHead *head);
void sat_bundle_head_clear (SatBundleHead *head);
void sat_bundle_head_add (GArray *lines, const char *hex, const char *name);

/* The text of HEAD, up to and with the empty line. Refs in the order in which they are. */
char *sat_bundle_head_build (const SatBundleHead *head) G_GNUC_WARN_UNUSED_RESULT;

/* Reads the header that DATA begins with into HEAD (cleared by the caller in any case).
 * SAT_ERROR_INVALID: it is no bundle, or not one of Satchel's; SAT_ERROR_NEWER: of a newer one;
 * SAT_ERROR_MALFORMED: it is damaged, or ends before the header does. Names of refs are not judged:
 * others than ours are the caller's to ignore. */
gboolean sat_bundle_head_parse (const char *data, gsize size, SatBundleHead *head, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SatBundleHead, sat_bundle_head_clear)

G_END_DECLS
