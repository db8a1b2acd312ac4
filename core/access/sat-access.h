/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one person may do: the rights of a role over objects, each as far as it reaches, and over
 * single fields. Built in is a table of what each role may (sat-access-defaults.c); what a company
 * says otherwise are grants, records of the object `permission`.
 *
 * Pure: made once from what was read, then immutable; any thread may read it. A NULL SatAccess may
 * everything. */
#pragma once

#include "core/base/sat-id.h"
#include "core/catalogue/sat-catalogue.h"

G_BEGIN_DECLS

/* Whose records: one's own, also those of one's team and of the people one leads, or all. A record
 * is somebody's whose field `owner` names him, or whose parent is his; one that is nobody's is
 * everybody's. */
typedef enum
{
  SAT_REACH_NONE,
  SAT_REACH_OWN,
  SAT_REACH_TEAM,
  SAT_REACH_ALL,
  SAT_N_REACHES
} SatReach;

typedef enum
{
  SAT_RIGHT_CREATE, /* own and team: with such an owner */
  SAT_RIGHT_READ,
  SAT_RIGHT_EDIT,
  SAT_RIGHT_DELETE,
  SAT_RIGHT_EXPORT,
  SAT_N_RIGHTS
} SatRight;

/* Each includes those before it. */
typedef enum
{
  SAT_FIELD_HIDDEN, /* not even whether there is something */
  SAT_FIELD_MASKED, /* enough to know it again: 138••••78 */
  SAT_FIELD_READ,
  SAT_FIELD_EDIT,
  SAT_N_FIELD_ACCESSES
} SatFieldAccess;

/* Names on the wire and on the command line: "own", "export", "masked". */
const char *sat_reach_name (SatReach reach);
const char *sat_right_name (SatRight right);
const char *sat_field_access_name (SatFieldAccess access);
/* -1: no such name. */
int sat_reach_from_name (const char *name);
int sat_right_from_name (const char *name);
int sat_field_access_from_name (const char *name);

/* What a company says of a role and an object, or (FIELD not NULL) a field of it. What it says of
 * ACCESS without a field is for all fields but those that all departments share. */
typedef struct
{
  const char *object;
  const char *field;
  int rights[SAT_N_RIGHTS]; /* SatReach, -1: not said; of a field only EXPORT counts */
  int access;               /* SatFieldAccess, -1: not said */
} SatGrant;

typedef struct _SatAccess SatAccess;

/* ROLE: the name of a choice of user.role. PEOPLE: whom team reaches, ME among them. An
 * administrator may everything, whatever is granted. */
SatAccess *sat_access_new (const char *role,
                           const SatId *me,
                           const GHashTable *people) G_GNUC_WARN_UNUSED_RESULT;
void sat_access_free (SatAccess *access); /* accepts NULL */
/* While it is being made. */
void sat_access_grant (SatAccess *access, const SatGrant *grant);

const char *sat_access_role (const SatAccess *access);
SatReach sat_access_reach (const SatAccess *access, const SatObject *object, SatRight right);
/* What Satchel writes by itself, whoever is at work: no role has rights over it. */
gboolean sat_access_is_kept (const char *object);
/* Does OBJECT say how the company works, and who is in it? */
gboolean sat_access_is_setting (const char *object);
/* The field of OBJECT whose change brings along that of FIELD, whatever may be done with it; NULL:
 * none. */
const char *sat_access_leader (const char *object, const char *field);
/* Was that said by the company, or is it as it is built in? */
gboolean sat_access_is_granted (const SatAccess *access, const SatObject *object, SatRight right);
SatFieldAccess sat_access_field (const SatAccess *access, const SatField *field);
gboolean sat_access_field_is_granted (const SatAccess *access, const SatField *field);
/* What was said of all fields of OBJECT that are neither shared nor spoken of singly; -1: nothing.
 */
int sat_access_others (const SatAccess *access, const SatObject *object);
/* Is FIELD for all departments: by the catalogue, or because it says which record it is, or whose?
 */
gboolean sat_access_is_shared (const SatField *field);
/* Whether the values of FIELD may be written to files: never what cannot be read. */
gboolean sat_access_exports (const SatAccess *access, const SatField *field);
/* Is there any field of OBJECT that not everybody may change or export? */
gboolean sat_access_limits (const SatAccess *access, const SatObject *object);
/* Is there any field of OBJECT that cannot be read as it is? */
gboolean sat_access_conceals (const SatAccess *access, const SatObject *object);

/* The field that says whose a record of OBJECT is; NULL: none does. */
const SatField *sat_access_owner_field (const SatObject *object);
/* The people whom REACH, own or team, means: SatId, in order; borrowed. */
const GArray *sat_access_people (const SatAccess *access, SatReach reach);
gboolean sat_access_reaches (const SatAccess *access, SatReach reach, const SatId *owner);

/* What is shown of VALUE (may be NULL) where FIELD is masked; newly allocated. */
char *sat_access_mask (const SatField *field, const char *value);

/* ---- what is built in: sat-access-defaults.c ---- */

#define SAT_ACCESS_ADMIN "admin"
#define SAT_ACCESS_OBSERVER "observer"

SatReach sat_access_default (const char *role, const SatObject *object, SatRight right);
SatFieldAccess sat_access_default_field (const char *role, const SatField *field);
/* Is there a field of OBJECT that ROLE cannot read? */
gboolean sat_access_default_conceals (const char *role, const SatObject *object);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatAccess, sat_access_free)

G_END_DECLS
