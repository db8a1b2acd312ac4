/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/apply/sat-local.h"

#include <string.h>

#include "core/apply/sat-absorb.h"
#include "core/apply/sat-local-private.h"
#include "core/apply/sat-reshape.h"
#include "core/base/sat-text.h"
#include "core/merge/sat-resolve.h"
#include "core/store/sat-names.h"
#include "core/store/sat-search.h"
#include "core/store/sat-step.h"

/* ---- the transaction ----------------------------------------------------------------------------
 */

static void
local_book_free (gpointer data)
{
  SatLocalBook *book = data;

  sat_engine_free (book->engine);
  sat_vector_clear (&book->vector);
  g_free (book);
}

static void
grafts_free (gpointer data)
{
  SatLocalGrafts *grafts = data;

  g_ptr_array_unref (grafts->grafts);
  g_hash_table_unref (grafts->ids);
  g_free (grafts);
}

SatLocal *
sat_local_begin (SatReplica *replica, GError **error)
{
  SatLocal *local;

  if (!sat_replica_begin (replica, error))
    return NULL;
  if (!sat_replica_read_identity (replica, error))
    {
      sat_replica_rollback (replica);
      return NULL;
    }
  local = g_new0 (SatLocal, 1);
  local->replica = replica;
  local->last = sat_log_hlc (replica);
  local->books = g_hash_table_new_full (NULL, NULL, NULL, local_book_free);
  local->grafts = g_hash_table_new_full (NULL, NULL, NULL, grafts_free);
  return local;
}

static void
local_free (SatLocal *local)
{
  g_hash_table_unref (local->books);
  g_hash_table_unref (local->grafts);
  g_free (local);
}

void
sat_local_abort (SatLocal *local)
{
  if (local == NULL)
    return;
  sat_replica_rollback (local->replica);
  local_free (local);
}

/* Nothing of a book is cached any longer. */
static gboolean
close_books (SatLocal *local, GError **error)
{
  GHashTableIter iter;
  gpointer number, value;

  g_hash_table_iter_init (&iter, local->books);
  while (g_hash_table_iter_next (&iter, &number, &value))
    {
      SatLocalBook *book = value;

      g_clear_pointer (&book->engine, sat_engine_free);
      if (book->bytes_changed && !sat_log_set_open_bytes (local->replica, GPOINTER_TO_UINT (number),
                                                          book->open_bytes, error))
        return FALSE;
    }
  g_hash_table_remove_all (local->books);
  return TRUE;
}

static gboolean
finish (SatLocal *local, GError **error)
{
  if (!close_books (local, error))
    return FALSE;
  if (local->last != sat_log_hlc (local->replica) &&
      !sat_log_set_hlc (local->replica, local->last, error))
    return FALSE;
  return sat_reshape (local->replica, error) && sat_search_index_noted (local->replica, error) &&
         sat_replica_commit (local->replica, error);
}

gboolean
sat_local_reshape (SatLocal *local, GError **error)
{
  return close_books (local, error) && sat_reshape (local->replica, error);
}

static gboolean
refuse_broken (GError **error)
{
  return sat_fail (error, SAT_ERROR_FAILED,
                   N_ ("the changes could not all be written; nothing was changed, try again"),
                   NULL);
}

gboolean
sat_local_commit (SatLocal *local, GError **error)
{
  if (local->broken ? !refuse_broken (error) : !finish (local, error))
    {
      sat_local_abort (local);
      return FALSE;
    }
  local_free (local);
  return TRUE;
}

SatHlc
sat_local_hlc (const SatLocal *local)
{
  return local->hlc;
}

static SatHlc
stamp (SatLocal *local)
{
  if (local->hlc == 0)
    {
      local->hlc = sat_hlc_tick (local->last, sat_platform_now_ms (local->replica->platform),
                                 local->replica->drag_bound_ms);
      local->last = local->hlc;
    }
  return local->hlc;
}

void
sat_local_record (SatLocal *local, gint64 undoes)
{
  local->recording = TRUE;
  local->undoes = undoes;
}

void
sat_local_pause (SatLocal *local)
{
  local->recording = FALSE;
}

gboolean
sat_local_begin_step (SatLocal *local, GError **error)
{
  return local->step != 0 ||
         sat_step_begin (local->replica, stamp (local), local->undoes, &local->step, error);
}

gint64
sat_local_step (const SatLocal *local)
{
  return local->step;
}

void
sat_local_resume_step (SatLocal *local, gint64 step, SatHlc hlc)
{
  g_return_if_fail (local->step == 0 && local->hlc == 0);
  local->recording = TRUE;
  local->step = step;
  local->hlc = hlc;
}

void
sat_local_hear (SatLocal *local, SatHlc foreign)
{
  local->last = sat_hlc_hear (local->last, foreign, sat_platform_now_ms (local->replica->platform),
                              local->replica->drag_bound_ms);
}

SatLocalBook *
sat_local_book (SatLocal *local, guint32 number, GError **error)
{
  SatLocalBook *book = g_hash_table_lookup (local->books, GUINT_TO_POINTER (number));

  if (book != NULL)
    return book;
  book = g_new0 (SatLocalBook, 1);
  sat_vector_init (&book->vector);
  if (!sat_log_vector (local->replica, number, &book->vector, error) ||
      !sat_log_open_bytes (local->replica, number, &book->open_bytes, error))
    {
      local_book_free (book);
      return NULL;
    }
  book->number = sat_vector_get (&book->vector, local->replica->me) + 1;
  g_hash_table_insert (local->books, GUINT_TO_POINTER (number), book);
  return book;
}

const SatVector *
sat_local_vector (SatLocal *local, guint32 number, GError **error)
{
  SatLocalBook *book = sat_local_book (local, number, error);

  return book ? &book->vector : NULL;
}

void
sat_local_forget (SatLocal *local, guint32 book)
{
  g_hash_table_remove (local->books, GUINT_TO_POINTER (book));
}

/* ---- one record ---------------------------------------------------------------------------------
 */

static gsize
escaped_length (const char *text)
{
  gsize length = 0;

  for (const char *p = text; *p; p++)
    length += (*p == '\\' || *p == '\n' || *p == '\t' || *p == '\r') ? 2 : 1;
  return length;
}

#define GROUP_BYTES 160 /* object, id, marks, home, the stamp's line */
#define OP_BYTES 48     /* a stamp's line, operator, newline */
#define DOT_BYTES 130

/* What would be sealed must be what others can decode; a wrong value would block this device for
 * good. */
static gboolean
check_edits (const SatEdit *edits, guint n_edits, GError **error)
{
  for (guint i = 0; i < n_edits; i++)
    {
      const char *text = edits[i].element ? edits[i].element : edits[i].value;
      gsize length = text ? strlen (text) : 0;
      gsize limit = edits[i].element ? SAT_ELEMENT_MAX : SAT_VALUE_MAX;

      if (text == NULL)
        continue;
      if (length > limit)
        return sat_fail (error, SAT_ERROR_TOO_LONG, N_ ("%s: the text is too long; shorten it"),
                         edits[i].field->name, NULL);
      if (length == 0 || !sat_text_is_clean (text, length) ||
          (edits[i].element && strchr (text, '\n') != NULL))
        return sat_fail (error, SAT_ERROR_INVALID,
                         N_ ("%s: the text is empty or holds control characters; write plain text"),
                         edits[i].field->name, NULL);
    }
  if (n_edits >= SAT_CHANGE_SET_MAX_RECORD_OPS)
    return sat_fail (error, SAT_ERROR_TOO_LONG,
                     N_ ("these are too many changes of one record; save some of them first"),
                     NULL);
  return TRUE;
}

static gsize
estimate (const SatObject *object, const SatEdit *edits, guint n_edits)
{
  gsize bytes = GROUP_BYTES + strlen (object->name);

  for (guint i = 0; i < n_edits; i++)
    {
      bytes += OP_BYTES + strlen (edits[i].field->name);
      if (edits[i].value != NULL)
        bytes += escaped_length (edits[i].value);
      if (edits[i].element != NULL)
        bytes += escaped_length (edits[i].element);
    }
  return bytes;
}

static gboolean
contains (const SatDot *dots, guint n, const SatDot *dot)
{
  for (guint i = 0; i < n; i++)
    if (sat_dot_equal (&dots[i], dot))
      return TRUE;
  return FALSE;
}

/* Of the siblings that are there now: those of this book that the vector covers and the person had
 * not seen stay (keep); those of other books that the person had seen go (over). */
static void
collect_dots (SatEngine *engine,
              const SatOrigin *origin,
              guint32 field,
              const SatEdit *edit,
              GArray *keep,
              GArray *over)
{
  const SatState *state = sat_engine_state (engine);
  guint count;
  guint at = sat_state_find (state, field, edit->element, &count);

  for (guint i = at; i < at + count; i++)
    {
      const SatDot *dot = &sat_state_at (state, i)->dot;
      gboolean seen = !edit->has_seen || contains (edit->seen, edit->n_seen, dot);

      if (sat_dot_equal (dot, &origin->dot))
        continue;
      if (dot->book != origin->dot.book && seen)
        g_array_append_val (over, *dot);
      if (dot->book == origin->dot.book && !seen &&
          sat_vector_get (origin->saw, dot->device) >= dot->number)
        g_array_append_val (keep, *dot);
    }
}

/* Was the record written in the open change-set before this transaction or earlier in it? */
static gboolean
has_own_dot (const SatState *state, const SatDot *own)
{
  for (guint i = 0; i < state->siblings->len; i++)
    if (sat_dot_equal (&sat_state_at (state, i)->dot, own))
      return TRUE;
  return state->base.present && sat_dot_equal (&state->base.dot, own);
}

static SatOpenExtra *
extra_new (guint32 field, const SatEdit *edit)
{
  SatOpenExtra *extra = g_new0 (SatOpenExtra, 1);

  extra->field = field;
  extra->element = g_strdup (edit->element);
  extra->dropped = edit->drop;
  extra->keep = g_array_new (FALSE, FALSE, sizeof (SatDot));
  extra->over = g_array_new (FALSE, FALSE, sizeof (SatDot));
  return extra;
}

/* Does it have to be written down? */
static gboolean
extra_says (const SatOpenExtra *extra)
{
  return extra->dropped || extra->keep->len > 0 || extra->over->len > 0;
}

/* A second write in one change-set takes the first one's place, but goes on replacing what that
 * replaced. */
static void
unite_over (GPtrArray *old, SatOpenExtra *extra)
{
  for (guint i = 0; old != NULL && i < old->len; i++)
    {
      const SatOpenExtra *before = g_ptr_array_index (old, i);

      if (before->field != extra->field || g_strcmp0 (before->element, extra->element) != 0)
        continue;
      for (guint k = 0; k < before->over->len; k++)
        {
          const SatDot *dot = &g_array_index (before->over, SatDot, k);
          if (!contains ((const SatDot *) (void *) extra->over->data, extra->over->len, dot))
            g_array_append_val (extra->over, *dot);
        }
    }
}

static void
write_edit (SatEngine *engine,
            const SatOrigin *origin,
            const SatEdit *edit,
            SatOpenExtra *extra,
            GPtrArray *old,
            const SatEditKind *kind,
            SatHlc hlc)
{
  SatWrite write = {
    .field = extra->field,
    .element = edit->element,
    .drop = edit->drop,
    .value = edit->value,
    .hlc = hlc,
    .automatic = kind->automatic,
  };

  sat_engine_touch (engine, extra->field);
  collect_dots (engine, origin, extra->field, edit, extra->keep, extra->over);
  unite_over (old, extra);
  write.keep = (const SatDot *) (void *) extra->keep->data;
  write.n_keep = extra->keep->len;
  write.over = (const SatDot *) (void *) extra->over->data;
  write.n_over = extra->over->len;
  sat_engine_write (engine, &write);
}

/* What a write of the system register FIELD says besides its value: the dots of other books that it
 * replaces. NULL where there are none, as in every record that has not moved. */
static SatOpenExtra *
system_extra (SatEngine *engine, const SatOrigin *origin, guint32 field, GPtrArray *old)
{
  const SatState *state = sat_engine_state (engine);
  const SatEdit nothing = { 0 };
  SatOpenExtra *extra;

  if (state->context->len == 0)
    return NULL;
  extra = extra_new (field, &nothing);
  collect_dots (engine, origin, field, &nothing, extra->keep, extra->over);
  unite_over (old, extra);
  if (extra->over->len > 0)
    return extra;
  sat_open_extra_free (extra);
  return NULL;
}

static void
write_register (SatEngine *engine,
                const SatOrigin *origin,
                const SatWrite *what,
                GPtrArray *old,
                GPtrArray *extras)
{
  SatOpenExtra *extra = system_extra (engine, origin, what->field, old);
  SatWrite write = *what;

  if (extra != NULL)
    {
      write.over = (const SatDot *) (void *) extra->over->data;
      write.n_over = extra->over->len;
      g_ptr_array_add (extras, extra);
    }
  sat_engine_write (engine, &write);
}

static const char *
keep_id (SatEngine *engine, const SatId *id)
{
  char text[SAT_ID_TEXT_SIZE];

  return g_string_chunk_insert (sat_engine_state (engine)->strings, sat_id_format (id, text));
}

static void
write_system (const SatLocalBook *book,
              SatReplica *replica,
              const SatEditKind *kind,
              SatHlc hlc,
              GPtrArray *old,
              GPtrArray *extras)
{
  SatWrite write = { .hlc = hlc, .automatic = kind->automatic };
  guint32 home = kind->create ? book->origin.dot.book : kind->home;

  if (home != 0)
    {
      write.field = SAT_FIELD_HOME;
      write.value = sat_names_book (replica->names, home);
      write_register (book->engine, &book->origin, &write, old, extras);
    }
  if (kind->joins)
    {
      write.field = SAT_FIELD_INTO;
      write.value = kind->into ? keep_id (book->engine, kind->into) : NULL;
      write_register (book->engine, &book->origin, &write, old, extras);
    }
  if (kind->life != SAT_LIFE_QUIET)
    {
      write.field = SAT_FIELD_LIFE;
      write.value = kind->life == SAT_LIFE_LIVE ? SAT_LIFE_LIVE_TEXT : SAT_LIFE_DEAD_TEXT;
      write_register (book->engine, &book->origin, &write, old, extras);
    }
}

/* Most edits say nothing besides their value: then the one extra serves the next one too. */
static void
write_edits (const SatLocalBook *book,
             const SatTable *table,
             const SatEdit *edits,
             guint n_edits,
             const SatEditKind *kind,
             SatHlc hlc,
             GPtrArray *old,
             GPtrArray *extras)
{
  SatOpenExtra *extra = NULL;

  for (guint i = 0; i < n_edits; i++)
    {
      guint32 field = table->fields[edits[i].field->index];

      if (extra == NULL || edits[i].element != NULL || edits[i].drop)
        {
          g_clear_pointer (&extra, sat_open_extra_free);
          extra = extra_new (field, &edits[i]);
        }
      extra->field = field;
      write_edit (book->engine, &book->origin, &edits[i], extra, old, kind, hlc);
      if (old != NULL || extra->element != NULL || extra_says (extra))
        g_ptr_array_add (extras, g_steal_pointer (&extra));
    }
  g_clear_pointer (&extra, sat_open_extra_free);
}

static gboolean
save_extras (SatReplica *replica,
             const SatState *state,
             GPtrArray *extras,
             gboolean was_open,
             GError **error)
{
  for (guint i = 0; i < extras->len; i++)
    {
      const SatOpenExtra *extra = g_ptr_array_index (extras, i);

      if ((extra_says (extra) || was_open) &&
          !sat_log_set_extra (replica, state->book, state->object, state->row, extra, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
make_room (SatLocal *local, guint32 number, gsize bytes, SatLocalBook **book, GError **error)
{
  *book = sat_local_book (local, number, error);
  if (*book == NULL)
    return FALSE;
  if ((*book)->open_bytes + bytes > SAT_CHANGE_SET_SEAL_BYTES && (*book)->open_bytes > 0)
    {
      if (!sat_local_seal (local, number, error))
        return FALSE;
      *book = sat_local_book (local, number, error);
      if (*book == NULL)
        return FALSE;
    }
  if ((*book)->engine == NULL)
    {
      SatOrigin origin = {
        .dot = { .book = number, .device = local->replica->me, .number = (*book)->number },
        .saw = &(*book)->vector,
      };
      (*book)->origin = origin;
      (*book)->engine = sat_engine_new (local->replica, &origin, TRUE);
    }
  return TRUE;
}

/* Is there room in the open change-set for N_EDITS more operations on the record that is open,
 * which is in it already? */
static gboolean
has_room (const SatState *state,
          const SatTable *table,
          const SatDot *own,
          const GPtrArray *extras,
          guint n_edits)
{
  guint n = n_edits + 1 + table->object->n_fields + extras->len;

  for (guint i = 0; i < state->siblings->len; i++)
    n += sat_dot_equal (&sat_state_at (state, i)->dot, own);
  return n <= SAT_CHANGE_SET_MAX_RECORD_OPS;
}

/* Opens the record in an open change-set that has room for N_EDITS of BYTES. *EXTRAS: what that
 * says of the record; NULL when it is not in it yet. */
static gboolean
open_record (SatLocal *local,
             SatTable *table,
             const SatId *id,
             guint32 number,
             guint n_edits,
             gsize bytes,
             SatLocalBook **book,
             GPtrArray **extras,
             GError **error)
{
  for (;;)
    {
      const SatState *state;

      if (!make_room (local, number, bytes, book, error) ||
          !sat_engine_open ((*book)->engine, table->name, id, error))
        return FALSE;
      state = sat_engine_state ((*book)->engine);
      if (!has_own_dot (state, &(*book)->origin.dot))
        return TRUE;
      *extras = sat_log_open_extras (local->replica, number, table->name, state->row, error);
      if (*extras == NULL)
        return FALSE;
      if (has_room (state, table, &(*book)->origin.dot, *extras, n_edits))
        return TRUE;
      /* Sealed, it is in no open change-set any more. */
      g_clear_pointer (extras, g_ptr_array_unref);
      if (!sat_local_seal (local, number, error))
        return FALSE;
    }
}

static void
pack_one (GByteArray *packed,
          SatReplica *replica,
          SatTable *table,
          const SatState *state,
          SatStepBefore *before)
{
  const SatField *field = sat_table_field (table, before->field);
  const SatSibling *shown;
  guint count, at;

  if (before->element != NULL)
    {
      sat_state_find (state, before->field, before->element, &count);
      before->value = count > 0 ? "1" : NULL;
    }
  else
    {
      shown = sat_shown_sibling (replica, table, state, before->field);
      before->value = shown ? shown->value : NULL;
      at = sat_state_find (state, before->field, NULL, &count);
      before->contested = field && count > 1 &&
                          sat_is_conflict (field, sat_state_at (state, at), count);
    }
  sat_step_pack (packed, before);
}

/* What the record that is open shows under each of EDITS, for undo. */
static GByteArray *
pack_before (SatEngine *engine,
             SatReplica *replica,
             SatTable *table,
             const SatEdit *edits,
             guint n_edits,
             const SatEditKind *kind)
{
  GByteArray *packed = g_byte_array_new ();
  const SatState *state = sat_engine_state (engine);
  gboolean grouped = state->listed || kind->joins;
  g_autoptr (SatState) united = grouped ? sat_absorb_load (replica, table, &state->id, state->book,
                                                           TRUE, NULL)
                                        : NULL;
  SatStepBefore into = { .field = SAT_FIELD_INTO };

  if (kind->joins)
    pack_one (packed, replica, table, state, &into);
  for (guint i = 0; i < n_edits; i++)
    {
      SatStepBefore before = { .field = table->fields[edits[i].field->index],
                               .element = edits[i].element };

      sat_engine_touch (engine, before.field);
      pack_one (packed, replica, table, united ? united : state, &before);
    }
  return packed;
}

/* The book that a record which moves was in. */
static GByteArray *
pack_home (SatEngine *engine, SatReplica *replica, SatTable *table)
{
  GByteArray *packed = g_byte_array_new ();
  const SatSibling *home = sat_shown_sibling (replica, table, sat_engine_state (engine),
                                              SAT_FIELD_HOME);
  SatStepBefore before = { .field = SAT_FIELD_HOME, .value = home ? home->value : NULL };

  sat_step_pack (packed, &before);
  return packed;
}

static SatStepKind
step_kind (const SatState *state, const SatEditKind *kind)
{
  if (kind->create)
    return SAT_STEP_CREATE;
  if (kind->home != 0)
    return SAT_STEP_MOVE;
  if (kind->joins)
    return SAT_STEP_ABSORB;
  if (kind->life == SAT_LIFE_DEAD)
    return SAT_STEP_DELETE;
  return kind->life == SAT_LIFE_LIVE && state->presence == SAT_DEAD ? SAT_STEP_REVIVE
                                                                    : SAT_STEP_EDIT;
}

static gboolean
record_step (SatLocal *local,
             const SatState *state,
             SatStepKind kind,
             const GByteArray *before,
             GError **error)
{
  return before == NULL || (sat_local_begin_step (local, error) &&
                            sat_step_add (local->replica, local->step, state->book, state->object,
                                          state->row, kind, before, error));
}

static gboolean
edit (SatLocal *local,
      SatTable *table,
      const SatId *id,
      guint32 number,
      const SatEdit *edits,
      guint n_edits,
      const SatEditKind *kind,
      GError **error)
{
  SatReplica *replica = local->replica;
  SatHlc hlc = kind->hlc != 0 ? kind->hlc : stamp (local);
  gsize bytes = estimate (table->object, edits, n_edits);
  g_autoptr (GPtrArray) extras = g_ptr_array_new_with_free_func (
      (GDestroyNotify) sat_open_extra_free);
  g_autoptr (GPtrArray) old = NULL;
  g_autoptr (GByteArray) before = NULL;
  SatLocalBook *book;
  SatState *state;
  SatStepKind step;

  if (!open_record (local, table, id, number, n_edits, bytes, &book, &old, error))
    return FALSE;
  state = sat_engine_state (book->engine);
  step = step_kind (state, kind);
  /* Deleting what is deleted is nothing to take back. */
  if (local->recording && (!kind->automatic || kind->in_step) &&
      (step != SAT_STEP_DELETE || state->presence == SAT_PRESENT))
    before = step == SAT_STEP_MOVE ? pack_home (book->engine, replica, table)
                                   : pack_before (book->engine, replica, table, edits,
                                                  step == SAT_STEP_CREATE ? 0 : n_edits, kind);
  write_edits (book, table, edits, n_edits, kind, hlc, old, extras);
  write_system (book, replica, kind, hlc, old, extras);
  for (guint i = 0; i < extras->len; i++)
    {
      const SatOpenExtra *extra = g_ptr_array_index (extras, i);
      bytes += DOT_BYTES * (extra->keep->len + extra->over->len);
    }
  if (!sat_engine_close (book->engine, error))
    return FALSE;
  book->open_bytes += bytes;
  book->bytes_changed = TRUE;
  if (!record_step (local, state, step, before, error) ||
      !sat_log_touch_open (replica, number, table->name, state->row, error) ||
      !save_extras (replica, state, extras, old != NULL, error))
    return FALSE;
  return !state->listed || n_edits == 0 || kind->joins || kind->life == SAT_LIFE_QUIET ||
         sat_local_edit_members (local, table->object, id, number, edits, n_edits, error);
}

gboolean
sat_local_edit (SatLocal *local,
                const SatObject *object,
                const SatId *id,
                guint32 number,
                const SatEdit *edits,
                guint n_edits,
                const SatEditKind *kind,
                GError **error)
{
  SatTable *table = sat_replica_table (local->replica, object);
  g_autofree SatEdit *current = g_new (SatEdit, n_edits + 1);

  if (local->broken)
    return refuse_broken (error);
  if (!check_edits (edits, n_edits, error))
    return FALSE;
  /* A draft may have been made with a catalogue that was replaced since (sat-shaping.h). */
  for (guint i = 0; i < n_edits; i++)
    {
      current[i] = edits[i];
      current[i].field = table->object->fields[edits[i].field->index];
    }
  local->broken = !edit (local, table, id, number, current, n_edits, kind, error);
  return !local->broken;
}
