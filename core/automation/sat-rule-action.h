/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The actions of a rule: lines of text, each one action (docs/rules.md). Pure.
 *
 *   set FIELD = VALUE                    also REFERENCE.FIELD: of the record that it names
 *   clear FIELD
 *   add "TAG" to FIELD, remove "TAG" from FIELD
 *   create OBJECT: FIELD = VALUE; …      VALUE may be `this`: the record itself
 *   queue message: SUBJECT; TEXT         a planned mail: create activity
 *   notify WHO, …: TEXT                  WHO: a login, or a field that names a user
 *   request approval                     also with “: NOTE”: of the first process that wants one
 *   assign in turn: LOGIN, …             [max N] at the end: records a person may have; LOGIN may
 * be
 *                                        *, everybody who sells
 *   assign least busy: LOGIN, …
 *   assign by FIELD: VALUE = LOGIN, …, else = LOGIN
 *
 * FIELD before an assign (“assign owner in turn: …”) says which field; else it is `owner`. */
#pragma once

#include "core/expression/sat-expression.h"

G_BEGIN_DECLS

/* Limits of a text. */
#define SAT_ACTIONS_MAX 20
#define SAT_ACTION_MAX_PARTS 100

typedef enum
{
  SAT_ACTION_SET,
  SAT_ACTION_ADD,
  SAT_ACTION_REMOVE,
  SAT_ACTION_CREATE,
  SAT_ACTION_NOTIFY,
  SAT_ACTION_REQUEST,
  SAT_ACTION_ASSIGN_IN_TURN,
  SAT_ACTION_ASSIGN_LEAST_BUSY,
  SAT_ACTION_ASSIGN_BY,
} SatActionType;

/* FIELD gets VALUE. */
typedef struct
{
  const SatField *field;
  SatExpression *value; /* over the rule's object; NULL: `this`, or nothing */
  gboolean is_this;
} SatActionSet;

/* Whom a notice is for, or who is assigned. */
typedef struct
{
  char *login;         /* NULL: who FIELD names */
  SatExpression *user; /* a reference to a user; NULL */
  char *key;           /* assign by: the canonical value; NULL: else */
} SatActionPerson;

typedef struct
{
  SatActionType type;
  const SatField
      *through;          /* set: the reference that leads to the record; NULL: the record itself */
  const SatField *field; /* add, remove: tags; assign: who it is; */
  const SatField *by;    /* assign by */
  const SatObject *object; /* create */
  char *tag;
  GPtrArray *sets;     /* SatActionSet: one of set, any number of create */
  GPtrArray *people;   /* SatActionPerson */
  SatExpression *text; /* notify; request: the note, or NULL */
  gint64 most;         /* assign: records that a person may have; 0: any number */
} SatAction;

void sat_action_free (SatAction *action);

/* TEXT as actions on records of OBJECT: SatAction. NULL with an error that names the line. */
GPtrArray *sat_actions_parse (const SatObject *object,
                              const char *text,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
