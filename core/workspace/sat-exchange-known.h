/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who has what: this replica, and others as far as is known here. For bundles and for giving a hub
 * back what it lost. */
#pragma once

#include "core/workspace/sat-exchange.h"

G_BEGIN_DECLS

/* The id of the workspace's record; newly allocated, NULL before `company` was received. */
char *sat_workspace_space (SatWorkspace *workspace);

/* What is applied here of BOOK: SatVectorEntry by device id. */
GArray *sat_workspace_vector (SatWorkspace *workspace,
                              const char *book,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What DEVICE has of BOOK for certain: the last of its change-sets that was applied here, and what
 * that had seen. SatVectorEntry; empty if it was never heard of. */
GArray *sat_workspace_heard (SatWorkspace *workspace,
                             const char *book,
                             const SatId *device,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The keys of the books that DEVICE holds, as its record says, NULL-terminated; NULL: the record
 * does not say. */
char **sat_workspace_books_of (SatWorkspace *workspace, const SatId *device);

/* Makes HOME, in which nothing may be, with an empty replica that holds BOOKS (keys): to apply
 * change-sets in and to compare with WORKSPACE. It is nobody's laptop and never sends anything. */
SatWorkspace *sat_workspace_create_scratch (SatWorkspace *workspace,
                                            const char *home,
                                            const char *const *books,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
