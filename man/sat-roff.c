/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Only macros that every man program knows. A hyphen in something to type is a minus, so that it
 * can be copied; one in a sentence may break. */
#include "man/sat-roff.h"

/* May a line end between these two? Roff itself knows blanks only. */
static gboolean
may_break (gunichar before, gunichar after)
{
  static const char never_first[] = "，。；：！？）”’」》、…";
  static const char never_last[] = "（“‘「《";

  if (!g_unichar_iswide (before) && !g_unichar_iswide (after))
    return FALSE;
  return before != ' ' && after != ' ' && after != 0 &&
         g_utf8_strchr (never_first, -1, after) == NULL &&
         g_utf8_strchr (never_last, -1, before) == NULL;
}

/* The character at P; DASHED: a hyphen has a neighbour. */
static void
append_ascii (GString *page, const char *p, gboolean dashed, gboolean typed)
{
  if (*p == '\\')
    g_string_append (page, "\\e");
  else if (*p == '-' && (typed || dashed))
    g_string_append (page, "\\-");
  else if (*p == '\'' && typed)
    g_string_append (page, "\\(aq");
  else if (*p == '~' && typed)
    g_string_append (page, "\\(ti");
  else
    g_string_append_c (page, *p);
}

static void
append (GString *page, const char *text, gboolean typed)
{
  gunichar before = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar now = g_utf8_get_char (p);

      /* A dot or an apostrophe would begin a request there. */
      if ((now == '.' || now == '\'') && (before == 0 || before == '\n'))
        g_string_append (page, "\\&");
      if (!typed && before != 0 && may_break (before, now))
        g_string_append (page, "\\:");
      if (now < 0x80)
        append_ascii (page, p, p[1] == '-' || before == '-', typed);
      else
        g_string_append_unichar (page, now);
      before = now;
    }
}

/* "TEXT" as one argument of a macro. */
static void
append_argument (GString *page, const char *text, gboolean typed)
{
  g_auto (GStrv) parts = g_strsplit (text, "\"", -1);

  g_string_append_c (page, '"');
  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append (page, "\\(dq");
      append (page, parts[i], typed);
    }
  g_string_append_c (page, '"');
}

static void
append_macro (GString *page, const char *macro, const char *text, gboolean typed)
{
  g_string_append_printf (page, ".%s ", macro);
  append_argument (page, text, typed);
  g_string_append_c (page, '\n');
}

void
sat_roff_begin (GString *page,
                const char *name,
                const char *heading,
                const char *summary,
                const char *version,
                const char *manual)
{
  g_autofree char *upper = g_ascii_strup (name, -1);

  g_string_append (page, ".TH ");
  append_argument (page, upper, TRUE);
  g_string_append (page, " 1 \"\" ");
  append_argument (page, version, FALSE);
  g_string_append_c (page, ' ');
  append_argument (page, manual, FALSE);
  /* Even blanks between words, and no words cut: Chinese has neither. */
  g_string_append (page, "\n.ad l\n.nh\n");
  sat_roff_section (page, heading);
  append (page, name, TRUE);
  g_string_append (page, " \\- ");
  append (page, summary, FALSE);
  g_string_append_c (page, '\n');
}

void
sat_roff_section (GString *page, const char *heading)
{
  append_macro (page, "SH", heading, FALSE);
}

void
sat_roff_subsection (GString *page, const char *heading)
{
  append_macro (page, "SS", heading, TRUE);
}

void
sat_roff_text (GString *page, const char *text)
{
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n", -1);

  for (guint i = 0; paragraphs[i] != NULL; i++)
    if (*paragraphs[i] != '\0')
      {
        g_string_append (page, ".PP\n");
        append (page, paragraphs[i], FALSE);
        g_string_append_c (page, '\n');
      }
}

void
sat_roff_usage (GString *page, const char *name, const char *words)
{
  g_string_append (page, ".PP\n");
  append_macro (page, "B", name, TRUE);
  append (page, words, TRUE);
  g_string_append_c (page, '\n');
}

void
sat_roff_item (GString *page, const char *term, const char *text)
{
  g_string_append (page, ".TP\n");
  append_macro (page, "B", term, TRUE);
  append (page, text, FALSE);
  g_string_append_c (page, '\n');
}

void
sat_roff_example (GString *page, const char *lines)
{
  g_string_append (page, ".PP\n.RS 4\n.nf\n");
  append (page, lines, TRUE);
  g_string_append (page, "\n.fi\n.RE\n");
}
