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

const char *const *
sat_han_all_syllables (void)
{
  static gsize once;
  static const char **all;

  if (g_once_init_enter (&once))
    {
      GPtrArray *list = g_ptr_array_new ();

      for (guint i = 1; i < sat_han_n_syllables; i++)
        if (strpbrk (sat_han_syllables[i], "aeiouv") != NULL) /* no "ng" of sighs */
          g_ptr_array_add (list, (gpointer) sat_han_syllables[i]);
      g_ptr_array_add (list, NULL);
      all = (const char **) g_ptr_array_free (list, FALSE);
      g_once_init_leave (&once, 1);
    }
  return all;
}

/* ---- what a text sounds like --------------------------------------------------------------------
 */

typedef struct
{
  const char *readings[SAT_HAN_MAX_READINGS];
  guint n;
  char initials[SAT_HAN_MAX_READINGS + 1]; /* each once */
  gboolean is_first;
} Place;

static void
add_initials (Place *place)
{
  guint n = 0;

  for (guint i = 0; i < place->n; i++)
    if (memchr (place->initials, place->readings[i][0], n) == NULL)
      place->initials[n++] = place->readings[i][0];
  place->initials[n] = '\0';
}

/* The next character from *TEXT on that can be read, and behind it. FALSE: a letter or digit is
 * before it, or nothing is left. */
static gboolean
next_place (const char **text, gboolean run_begins, Place *out)
{
  while (**text != '\0')
    {
      gunichar c = g_utf8_get_char (*text);
      guint usual;
      guint all = sat_han_readings (c, out->readings, &usual);

      if (all == 0 && g_unichar_isalnum (c))
        return FALSE;
      *text = g_utf8_next_char (*text);
      if (all == 0)
        continue;
      out->n = run_begins ? all : MAX (usual, 1);
      add_initials (out);
      return TRUE;
    }
  return FALSE;
}

typedef struct
{
  SatSoundFunc func;
  gpointer data;
} Sink;

static void
put_syllables (const Place *one, const Place *next, const Sink *sink)
{
  char word[16];

  for (guint i = 0; i < one->n; i++)
    for (guint k = 0; k < (next ? next->n : 1); k++)
      {
        g_snprintf (word, sizeof word, "%s%s", one->readings[i], next ? next->readings[k] : "");
        sink->func (SAT_SOUND_SYLLABLES, word, one->is_first, sink->data);
      }
}

static void
put_initials (const Place *places, guint n, const Sink *sink)
{
  guint choice[SAT_SOUND_WINDOW] = { 0 };
  guint count = 0, i;

  do
    {
      char word[SAT_SOUND_WINDOW + 1] = "";

      for (i = 0; i < n; i++)
        word[i] = places[i].initials[choice[i]];
      sink->func (SAT_SOUND_INITIALS, word, places[0].is_first, sink->data);
      for (i = 0; i < n && places[i].initials[++choice[i]] == '\0'; i++)
        choice[i] = 0;
    }
  while (i < n && ++count < SAT_SOUND_MAX / 2);
}

/* The sounds of a run of characters that begins at TEXT; returns what is behind it. */
static const char *
sound_run (const char *text, gboolean is_first, const Sink *sink)
{
  Place window[SAT_SOUND_WINDOW] = { 0 };
  guint n = 0;

  while (n < SAT_SOUND_WINDOW && next_place (&text, n == 0, &window[n]))
    window[n++].is_first = FALSE;
  if (n > 0)
    window[0].is_first = is_first;
  while (n > 0)
    {
      put_syllables (&window[0], n > 1 ? &window[1] : NULL, sink);
      put_initials (window, n, sink);
      n--;
      memmove (window, window + 1, n * sizeof *window);
      if (n == SAT_SOUND_WINDOW - 1 && next_place (&text, FALSE, &window[n]))
        window[n++].is_first = FALSE;
    }
  return text;
}

void
sat_han_sounds (const char *text, SatSoundFunc func, gpointer data)
{
  const Sink sink = { func, data };
  gboolean is_first = TRUE;

  while (*text != '\0')
    {
      text = sound_run (text, is_first, &sink);
      is_first = FALSE;
      if (*text != '\0') /* a letter or digit */
        text = g_utf8_next_char (text);
    }
}
