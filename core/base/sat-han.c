/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/base/sat-han.h"

#include <string.h>

#include "core/base/sat-han-private.h"

static const SatHanEntry *
entry_of (gunichar c)
{
  return c >= SAT_HAN_FIRST && c - SAT_HAN_FIRST < sat_han_n_entries
             ? &sat_han_entries[c - SAT_HAN_FIRST]
             : NULL;
}

gunichar
sat_han_simplified (gunichar c)
{
  const SatHanEntry *entry = entry_of (c);

  return entry != NULL && entry->simplified != 0 ? entry->simplified : c;
}

guint
sat_han_readings (gunichar c, const char *out[SAT_HAN_MAX_READINGS], guint *usual)
{
  const SatHanEntry *entry = entry_of (c);
  guint n = 0;

  for (guint i = 0; entry != NULL && i < 2 && entry->usual[i] != 0; i++)
    out[n++] = sat_han_syllables[entry->usual[i]];
  *usual = n;
  for (guint i = 0; entry != NULL && i < 2 && entry->rare[i] != 0; i++)
    out[n++] = sat_han_syllables[entry->rare[i]];
  return n;
}

/* ---- what a text sounds like --------------------------------------------------------------------
 */

/* A run of characters with their readings, looked at from one of them on. */
typedef struct
{
  const char *readings[SAT_SOUND_INITIALS][SAT_HAN_MAX_READINGS];
  guint n_readings[SAT_SOUND_INITIALS];
  guint n;
} Window;

static gunichar
next_char (const char **text)
{
  gunichar c = g_utf8_get_char (*text);

  *text = g_utf8_next_char (*text);
  return c;
}

/* The characters from TEXT on that can be read; none: N is 0. */
static void
look (Window *window, const char *text, gboolean at_start)
{
  for (window->n = 0; *text != '\0' && window->n < SAT_SOUND_INITIALS; window->n++)
    {
      guint usual;
      guint all = sat_han_readings (next_char (&text), window->readings[window->n], &usual);

      if (all == 0)
        return;
      window->n_readings[window->n] = at_start && window->n == 0 ? all : MAX (usual, 1);
    }
}

/* The words of one choice of readings. */
static void
add_words (const Window *window, const guint *choice, GString *out)
{
  g_string_append_c (out, ' ');
  for (guint i = 0; i < window->n && i < SAT_SOUND_SYLLABLES; i++)
    g_string_append (out, window->readings[i][choice[i]]);
  g_string_append_c (out, ' ');
  for (guint i = 0; i < window->n; i++)
    g_string_append_c (out, window->readings[i][choice[i]][0]);
}

/* The next choice, the first characters changing fastest: what is typed begins with them. */
static gboolean
choose_next (const Window *window, guint *choice)
{
  for (guint i = 0; i < window->n; i++)
    {
      if (++choice[i] < window->n_readings[i])
        return TRUE;
      choice[i] = 0;
    }
  return FALSE;
}

void
sat_han_sounds (const char *text, GString *out)
{
  gboolean at_start = TRUE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      guint choice[SAT_SOUND_INITIALS] = { 0 };
      guint n = 0;
      Window window;

      look (&window, p, at_start);
      at_start = window.n == 0;
      if (window.n == 0)
        continue;
      do
        add_words (&window, choice, out);
      while (++n < SAT_SOUND_MAX && choose_next (&window, choice));
    }
}
