/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is let into a closed workspace (docs/enrolment.md): what change-sets of book `enrolment` say,
 * and the code that a person types to take an invitation up.
 *
 * The code is 19 characters by chance (95 bits) and a check character. From it and from the device
 * that founded the workspace follows an Ed25519 key; the invitation holds the public half, and who
 * knows the code signs with the other. Nothing slow is needed: 95 bits cannot be tried out. A code
 * is of no use in another workspace, so that a false one cannot show an invitation that fits. */
#pragma once

#include "core/base/sat-error.h"
#include "core/base/sat-id.h"

G_BEGIN_DECLS

#define SAT_BOOK_KEY_ENROLMENT "enrolment"
#define SAT_ROLE_ADMIN "admin" /* of the roles that a user has, the one that may let others in */

#define SAT_INVITATION_KEY_SIZE 32
#define SAT_CLAIM_SIGNATURE_SIZE 64
#define SAT_LOGIN_MAX 200             /* bytes */
#define SAT_INVITATION_BOOKS_MAX 4000 /* bytes */
#define SAT_INVITATION_ALL_BOOKS "*"
#define SAT_ENROLMENT_MAX 1000 /* invitations, admissions, withdrawals: each, of one change-set */

typedef struct
{
  guint8 key[SAT_INVITATION_KEY_SIZE]; /* public */
  gint64 expires_ms;                   /* since 1970 */
  const char *role;                    /* a choice of the user's field `role` */
  const char *books;                   /* keys in order, joined with commas; "*": all there are */
  const char *login;
} SatInvite;

typedef struct
{
  SatId device;
  const char *role;
} SatAdmit;

typedef struct
{
  SatId invitation; /* sat_invitation_id */
  guint8 signature[SAT_CLAIM_SIGNATURE_SIZE];
} SatClaim;

/* What one change-set says: invitations by key, admissions by device, withdrawals by invitation,
 * each once; one claim or none (NULL), for the change-set's own device. */
typedef struct
{
  const SatInvite *invites;
  guint n_invites;
  const SatAdmit *admits;
  guint n_admits;
  const SatId *withdrawals; /* invitations that are taken back */
  guint n_withdrawals;
  const SatClaim *claim;
} SatEnrolment;

/* May LOGIN, BOOKS stand in an invitation? Clean text of one line; keys in order. */
gboolean sat_invitation_login_is_sound (const char *login, gsize length);
gboolean sat_invitation_books_are_sound (const char *books, gsize length);

/* UUIDv8 of the first 16 bytes of SHA-256 (nil id, "satchel invitation", public key). */
void sat_invitation_id (const guint8 key[SAT_INVITATION_KEY_SIZE], SatId *out);

/* ---- codes ---- */

#define SAT_CODE_TEXT_SIZE 25 /* five groups of four characters, four hyphens, the NUL */

/* A new code. Returns OUT. */
char *sat_code_new (SatPlatform *platform, char out[SAT_CODE_TEXT_SIZE]);
/* TYPED as sat_code_new writes it: small letters, spaces and hyphens do not matter.
 * SAT_ERROR_INVALID: it was mistyped. */
gboolean sat_code_read (const char *typed, char out[SAT_CODE_TEXT_SIZE], GError **error);
/* The public key of the invitation that CODE (of sat_code_read) takes up. */
void
sat_code_public_key (const char *code, const SatId *founder, guint8 out[SAT_INVITATION_KEY_SIZE]);

/* ---- claims ---- */

/* The claim of DEVICE to the invitation of CODE. */
void sat_claim_make (const char *code, const SatId *founder, const SatId *device, SatClaim *out);
/* Did somebody who knows the code of the invitation with KEY sign it for DEVICE? */
gboolean sat_claim_is_good (const SatClaim *claim,
                            const guint8 key[SAT_INVITATION_KEY_SIZE],
                            const SatId *founder,
                            const SatId *device);

G_END_DECLS
