/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/base/sat-pinyin.h"

#include <string.h>

#define UNITS_MAX SAT_PINYIN_LETTERS
#define STEPS_MAX 4000 /* syllables that are tried, at most */

/* A syllable that was typed, or its initial alone. */
typedef struct
{
  char text[8];
  gboolean is_whole; /* a syllable, and something behind it */
} Unit;

typedef struct
{
  GPtrArray *ways;
  Unit units[UNITS_MAX];
  guint steps;
} Reading;

/* How many of LETTERS the syllable SYLLABLE takes: all of it, or (*IS_OPEN) as much as there is. 0:
 * it is another one. */
static gsize
take_form (const char *letters, const char *syllable, const char *for_v, gboolean *is_open)
{
  const char *p = letters;

  *is_open = FALSE;
  for (const char *s = syllable; *s != '\0'; s++)
    {
      const char *want = *s == 'v' ? for_v : NULL;

      if (*p == '\0')
        {
          *is_open = TRUE;
          break;
        }
      if (want == NULL)
        {
          if (*p++ != *s)
            return 0;
          continue;
        }
      for (; *want != '\0' && *p != '\0'; want++)
        if (*p++ != *want)
          return 0;
      if (*want != '\0')
        {
          *is_open = TRUE;
          break;
        }
    }
  return (gsize) (p - letters);
}

static gsize
take (const char *letters, const char *syllable, gboolean *is_open)
{
  static const char *const forms[] = { "v", "u", "yu" };
  guint n = strchr (syllable, 'v') != NULL ? G_N_ELEMENTS (forms) : 1;

  for (guint i = 0; i < n; i++)
    {
      gsize taken = take_form (letters, syllable, forms[i], is_open);
      if (taken > 0)
        return taken;
    }
  return 0;
}

/* ---- the sounds of a way ------------------------------------------------------------------------
 */

static void
add_sound (GArray *way, SatSoundKind kind, gboolean is_prefix, const char *one, const char *two)
{
  SatTypedSound sound = { .kind = kind, .is_prefix = is_prefix };

  g_snprintf (sound.word, sizeof sound.word, "%s%s", one, two);
  g_array_append_val (way, sound);
}

static void
add_initials (GArray *way, const char *initials)
{
  gsize n = strlen (initials);
  char window[SAT_SOUND_WINDOW + 1];

  if (n <= SAT_SOUND_WINDOW)
    {
      add_sound (way, SAT_SOUND_INITIALS, n < SAT_SOUND_WINDOW, initials, "");
      return;
    }
  for (gsize i = 0; i + SAT_SOUND_WINDOW <= n; i++)
    {
      g_strlcpy (window, initials + i, sizeof window);
      add_sound (way, SAT_SOUND_INITIALS, FALSE, window, "");
    }
}

static GArray *
way_new (Reading *reading)
{
  GArray *way = g_array_new (FALSE, FALSE, sizeof (SatTypedSound));

  g_ptr_array_add (reading->ways, way);
  return way;
}

/* N syllables, the last one perhaps unfinished. */
static void
add_syllables (Reading *reading, guint n)
{
  const Unit *units = reading->units;
  GArray *way = way_new (reading);

  if (n == 1)
    add_sound (way, SAT_SOUND_SYLLABLES, TRUE, units[0].text, "");
  for (guint i = 0; i + 1 < n; i++)
    add_sound (way, SAT_SOUND_SYLLABLES, i + 2 == n, units[i].text, units[i + 1].text);
}

static void
set_unit (Unit *unit, const char *text, gsize length)
{
  gsize n = MIN (length, sizeof unit->text - 1);

  memcpy (unit->text, text, n);
  unit->text[n] = '\0';
}

/* An unfinished syllable as it is known so far: what was typed as u may be an ü. */
static void
set_open (Unit *unit, const char *syllable, gsize taken, const char *letters)
{
  const char *v = strchr (syllable, 'v');
  gsize n = taken;

  if (v != NULL && strncmp (syllable, letters, taken) != 0 && strstr (letters, "yu") == letters + 1)
    n--; /* "lyu" */
  set_unit (unit, syllable, MIN (n, strlen (syllable)));
}

/* Is the way of the first N + 1 units among those from FROM on, which begin with the same N? */
static gboolean
is_repeated (const Reading *reading, guint from, guint n)
{
  char last[16];

  g_snprintf (last, sizeof last, "%s%s", n > 0 ? reading->units[n - 1].text : "",
              reading->units[n].text);
  for (guint i = from; i < reading->ways->len; i++)
    {
      GArray *way = g_ptr_array_index (reading->ways, i);

      if (way->len == MAX (n, 1) &&
          strcmp (g_array_index (way, SatTypedSound, way->len - 1).word, last) == 0)
        return TRUE;
    }
  return FALSE;
}

/* All ways to cut LETTERS into syllables, N units are before them. */
static void
cut (Reading *reading, const char *letters, guint n)
{
  const char *const *all = sat_han_all_syllables ();
  guint from = reading->ways->len;

  for (guint i = 0; all[i] != NULL; i++)
    {
      Unit *unit = &reading->units[n];
      gboolean is_open;
      gsize taken = take (letters, all[i], &is_open);

      if (taken == 0)
        continue;
      if (reading->ways->len >= SAT_PINYIN_WAYS - 2 || reading->steps++ > STEPS_MAX)
        return;
      if (letters[taken] == '\0')
        {
          set_open (unit, all[i], taken, letters);
          if (!is_repeated (reading, from, n))
            add_syllables (reading, n + 1);
        }
      else if (!is_open && n + 1 < UNITS_MAX)
        {
          set_unit (unit, all[i], strlen (all[i]));
          cut (reading, letters + taken, n + 1);
        }
    }
}

/* ---- initials -----------------------------------------------------------------------------------
 */

static gboolean
is_initial (char letter)
{
  return strchr ("iuv", letter) == NULL;
}

/* "zhgyd" as "zgyd": zh, ch and sh are typed as initials, too. */
static char *
shorten (const char *letters)
{
  GString *out = g_string_new (NULL);

  for (const char *p = letters; *p != '\0'; p++)
    {
      g_string_append_c (out, *p);
      if (strchr ("zcs", *p) != NULL && p[1] == 'h')
        p++;
    }
  return g_string_free (out, FALSE);
}

static void
read_initials (Reading *reading, const char *letters)
{
  g_autofree char *shorter = shorten (letters);

  for (const char *p = letters; *p != '\0'; p++)
    if (!is_initial (*p))
      return;
  add_initials (way_new (reading), letters);
  if (strlen (shorter) > 1 && strcmp (shorter, letters) != 0)
    add_initials (way_new (reading), shorter);
}

/* The longest syllable that LETTERS begins with. */
static const char *
longest (const char *letters, gsize *taken)
{
  const char *const *all = sat_han_all_syllables ();
  const char *found = NULL;

  *taken = 0;
  for (guint i = 0; all[i] != NULL; i++)
    {
      gboolean is_open;
      gsize n = take (letters, all[i], &is_open);

      if (!is_open && n > *taken)
        {
          *taken = n;
          found = all[i];
        }
    }
  return found;
}

/* Syllables where they are whole, initials else: one way. */
static guint
cut_mixed (const char *letters, Unit *units)
{
  guint n = 0;

  while (*letters != '\0' && n < UNITS_MAX)
    {
      gsize taken;
      const char *syllable = longest (letters, &taken);

      units[n].is_whole = syllable != NULL && taken > 1;
      if (units[n].is_whole)
        set_unit (&units[n], syllable, strlen (syllable));
      else if (!is_initial (*letters))
        return 0;
      else
        {
          taken = strchr ("zcs", *letters) != NULL && letters[1] == 'h' ? 2 : 1;
          set_unit (&units[n], letters, 1);
        }
      letters += taken;
      n++;
    }
  return n;
}

static void
read_mixed (Reading *reading, const char *letters)
{
  Unit *units = reading->units;
  guint n = cut_mixed (letters, units);
  char initials[UNITS_MAX + 1] = "";
  gboolean any = FALSE;

  for (guint i = 0; i < n; i++)
    {
      initials[i] = units[i].text[0];
      any |= units[i].is_whole;
    }
  if (!any)
    return;
  GArray *way = way_new (reading);
  for (guint i = 0; i < n; i++)
    if (units[i].is_whole)
      add_sound (way, SAT_SOUND_SYLLABLES, i + 2 > n || !units[i + 1].is_whole, units[i].text,
                 i + 1 < n ? units[i + 1].text : "");
  add_initials (way, initials);
}

GPtrArray *
sat_pinyin_read (const char *letters)
{
  Reading reading = { .ways = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref) };
  gsize length = strlen (letters);

  if (length > 0 && length <= SAT_PINYIN_LETTERS &&
      strspn (letters, "abcdefghijklmnopqrstuvwxyz") == length)
    {
      cut (&reading, letters, 0);
      if (reading.ways->len == 0)
        read_mixed (&reading, letters);
      read_initials (&reading, letters);
    }
  return reading.ways;
}

/* ---- matching -----------------------------------------------------------------------------------
 */

static gboolean
is_silent (gunichar c)
{
  return !g_unichar_isalnum (c);
}

/* Do LETTERS say TEXT from here on? *WHOLE: to its end. */
static gboolean
say (const char *letters, const char *text, guint *steps, gboolean *whole)
{
  const char *readings[SAT_HAN_MAX_READINGS];
  guint usual, n;
  gunichar c;

  while (*text != '\0' && is_silent (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  if (*letters == '\0')
    {
      *whole |= *text == '\0';
      return TRUE;
    }
  if (*text == '\0' || ++*steps > STEPS_MAX)
    return FALSE;
  c = g_utf8_get_char (text);
  text = g_utf8_next_char (text);
  n = sat_han_readings (c, readings, &usual);
  if (n == 0)
    return c < 0x80 && g_ascii_tolower ((char) c) == *letters &&
           say (letters + 1, text, steps, whole);
  gboolean said = FALSE;
  for (guint i = 0; i < n && !*whole; i++)
    {
      gboolean is_open;
      gsize taken = take (letters, readings[i], &is_open);

      if (taken > 0)
        said |= say (letters + taken, text, steps, whole);
      if (!*whole && *letters == readings[i][0])
        said |= say (letters + (letters[1] == 'h' && readings[i][1] == 'h' ? 2 : 1), text, steps,
                     whole);
      if (!*whole && *letters == readings[i][0])
        said |= say (letters + 1, text, steps, whole);
    }
  return said;
}

SatSoundsLike
sat_pinyin_match (const char *letters, const char *text)
{
  guint steps = 0;
  gboolean whole = FALSE, is_first = TRUE;

  if (*letters == '\0')
    return SAT_SOUNDS_NOT;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (is_silent (g_utf8_get_char (p)))
        continue;
      if (say (letters, p, &steps, &whole))
        return !is_first ? SAT_SOUNDS_INSIDE : whole ? SAT_SOUNDS_WHOLE : SAT_SOUNDS_START;
      is_first = FALSE;
      whole = FALSE;
    }
  return SAT_SOUNDS_NOT;
}
