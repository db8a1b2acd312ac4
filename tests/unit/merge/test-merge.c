/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One operation on one register: what it drops, what it adds; and that the order of arrival cannot
 * matter. */
#include "core/merge/sat-merge.h"

#define FIELD 10
#define BOOK 1

typedef struct
{
  SatOrigin origin;
  SatVector saw;
  SatWrite write;
  SatDot keep;
} Change;

static void
change_init (Change *change, guint32 device, guint64 number, const char *value)
{
  change->origin.dot = (SatDot){ BOOK, device, number };
  sat_vector_init (&change->saw);
  change->origin.saw = &change->saw;
  change->write = (SatWrite){ .field = FIELD, .value = value, .hlc = 100 + number };
}

static void
apply (SatState *state, const Change *change, GArray *dropped)
{
  g_array_set_size (dropped, 0);
  sat_merge_write (state, &change->origin, &change->write, dropped);
}

static guint
count (const SatState *state)
{
  guint n;

  sat_state_find (state, FIELD, NULL, &n);
  return n;
}

static void
test_concurrent_stay (void)
{
  g_autoptr (SatState) state = sat_state_new ();
  g_autoptr (GArray) dropped = g_array_new (FALSE, FALSE, sizeof (SatSibling));
  Change a, b, settle;

  change_init (&a, 1, 1, "one");
  change_init (&b, 2, 1, "two");
  change_init (&settle, 3, 1, "two");
  sat_vector_set (&settle.saw, 1, 1);
  sat_vector_set (&settle.saw, 2, 1);
  apply (state, &a, dropped);
  apply (state, &b, dropped);
  g_assert_cmpuint (dropped->len, ==, 0);
  g_assert_cmpuint (count (state), ==, 2);
  apply (state, &settle, dropped);
  g_assert_cmpuint (dropped->len, ==, 2);
  g_assert_cmpuint (count (state), ==, 1);
  sat_vector_clear (&a.saw);
  sat_vector_clear (&b.saw);
  sat_vector_clear (&settle.saw);
}

static void
test_keep_and_over (void)
{
  g_autoptr (SatState) state = sat_state_new ();
  g_autoptr (GArray) dropped = g_array_new (FALSE, FALSE, sizeof (SatSibling));
  Change old, form;
  SatDot foreign = { 2, 5, 9 };

  change_init (&old, 1, 1, "arrived while the form was open");
  change_init (&form, 2, 1, "typed");
  sat_vector_set (&form.saw, 1, 1);
  form.keep = old.origin.dot;
  form.write.keep = &form.keep;
  form.write.n_keep = 1;
  apply (state, &old, dropped);
  apply (state, &form, dropped);
  g_assert_cmpuint (count (state), ==, 2);

  /* A dot of another book goes only when it is named. */
  g_assert_false (sat_merge_drops (&form.origin, &form.write, &foreign));
  form.write.over = &foreign;
  form.write.n_over = 1;
  g_assert_true (sat_merge_drops (&form.origin, &form.write, &foreign));
  sat_vector_clear (&old.saw);
  sat_vector_clear (&form.saw);
}

static void
test_again_changes_nothing (void)
{
  g_autoptr (SatState) state = sat_state_new ();
  g_autoptr (GArray) dropped = g_array_new (FALSE, FALSE, sizeof (SatSibling));
  Change a;

  change_init (&a, 1, 1, "one");
  apply (state, &a, dropped);
  apply (state, &a, dropped);
  g_assert_cmpuint (count (state), ==, 1);
  sat_vector_clear (&a.saw);
}

/* The siblings as one number each, whatever their order. */
static guint64
signature (const SatState *state)
{
  guint64 sum = 0;

  for (guint i = 0; i < state->siblings->len; i++)
    {
      const SatDot *dot = &sat_state_at (state, i)->dot;
      sum += (guint64) 1 << (dot->device * 8 + dot->number);
    }
  return sum;
}

/* Random histories in which every change has seen a random part of what was there; then the same
 * changes in orders that respect what each had seen: {written} - {dropped} is the same. */
static void
test_any_order (void)
{
  enum
  {
    N = 12
  };

  for (guint round = 0; round < 300; round++)
    {
      guint64 reference = 0;
      guint64 numbers[4] = { 0 };
      Change changes[N];

      for (guint i = 0; i < N; i++)
        {
          guint32 device = 1 + (guint32) g_test_rand_int_range (0, 3);
          guint64 number = ++numbers[device];

          change_init (&changes[i], device, number, "v");
          changes[i].write.drop = g_test_rand_int_range (0, 5) == 0;
          for (guint32 other = 1; other < 4; other++)
            sat_vector_set (&changes[i].saw, other,
                            other == device
                                ? number - 1
                                : (guint64) g_test_rand_int_range (0, (gint32) numbers[other] + 1));
        }
      for (guint order = 0; order < 4; order++)
        {
          g_autoptr (SatState) state = sat_state_new ();
          g_autoptr (GArray) dropped = g_array_new (FALSE, FALSE, sizeof (SatSibling));
          guint64 applied[4] = { 0 };
          guint left = N;
          gboolean done[N] = { FALSE };

          while (left > 0)
            {
              guint i = order == 0 ? N - left : (guint) g_test_rand_int_range (0, N);
              gboolean ready = !done[i];

              for (guint32 other = 1; other < 4; other++)
                ready = ready && sat_vector_get (&changes[i].saw, other) <= applied[other];
              if (!ready)
                continue;
              apply (state, &changes[i], dropped);
              applied[changes[i].origin.dot.device] = changes[i].origin.dot.number;
              done[i] = TRUE;
              left--;
            }
          if (order == 0)
            reference = signature (state);
          g_assert_cmpuint (signature (state), ==, reference);
        }
      for (guint i = 0; i < N; i++)
        sat_vector_clear (&changes[i].saw);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/merge/merge/concurrent-stay", test_concurrent_stay);
  g_test_add_func ("/merge/merge/keep-and-over", test_keep_and_over);
  g_test_add_func ("/merge/merge/again", test_again_changes_nothing);
  g_test_add_func ("/merge/merge/any-order", test_any_order);
  return g_test_run ();
}
