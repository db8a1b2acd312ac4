/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-receive-facts.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/workspace/sat-exchange.h"
#include "sync/sat-commit-text.h"

/* What begins the line that names another hub. */
#define HUB "hub "
/* The line of one whose rights are judged: what was let in before it was looked at for them. */
#define RIGHTS "rights"

#define NUMBER_MAX G_GUINT64_CONSTANT (1000000000000)

/* What a change-set of this push says. */
typedef struct
{
  char *by; /* "BOOK DEVICE": who says it */
  guint64 number;
  char *of; /* "BOOK DEVICE": of whom */
  guint64 value;
} Said;

struct _SatReceiveFacts
{
  char *path;
  char *hub;                 /* NULL: none but this one */
  GHashTable *cuts;          /* "BOOK DEVICE" -> guint64 */
  GHashTable *seen;          /* the same */
  GArray *said;              /* Said: what had been seen */
  SatAdmissions *admissions; /* NULL: the workspace is open */
  GHashTable *enrolled;      /* the lines of it that are known */
  SatRightFacts *rights;
  GHashTable *writers; /* SatId: devices whose change-sets of book company were noted */
  GHashTable *whole;   /* the same: with the first of all */
  gboolean judges_rights;
  GString *fresh; /* lines that are not in the file yet */
  char *problem;  /* why the file could not be read */
};

static void
said_clear (gpointer data)
{
  Said *said = data;

  g_free (said->by);
  g_free (said->of);
}

static char *
key_of (const char *book, const SatId *device)
{
  char id[SAT_ID_TEXT_SIZE];

  return g_strdup_printf ("%s %s", book, sat_id_format (device, id));
}

/* FALSE if it says nothing new. */
static gboolean
put (GHashTable *table, const char *key, guint64 number, gboolean lowest)
{
  const guint64 *known = g_hash_table_lookup (table, key);

  if (known != NULL && (lowest ? *known <= number : *known >= number))
    return FALSE;
  g_hash_table_insert (table, g_strdup (key), g_memdup2 (&number, sizeof number));
  return TRUE;
}

/* ---- who is let in ------------------------------------------------------------------------------
 */

const SatAdmissions *
sat_receive_facts_admissions (const SatReceiveFacts *facts)
{
  return facts->admissions;
}

void
sat_receive_facts_close (SatReceiveFacts *facts, const SatId *founder)
{
  char id[SAT_ID_TEXT_SIZE];

  if (facts->admissions != NULL)
    return;
  facts->admissions = sat_admissions_new (founder);
  g_string_append_printf (facts->fresh, "founder %s\n", sat_id_format (founder, id));
}

static gboolean
read_key (const char *hex, guint8 key[SAT_INVITATION_KEY_SIZE])
{
  if (strlen (hex) != 2 * SAT_INVITATION_KEY_SIZE)
    return FALSE;
  for (gsize i = 0; i < SAT_INVITATION_KEY_SIZE; i++)
    {
      int high = g_ascii_xdigit_value (hex[2 * i]);
      int low = g_ascii_xdigit_value (hex[2 * i + 1]);

      if (high < 0 || low < 0)
        return FALSE;
      key[i] = (guint8) (high << 4 | low);
    }
  return TRUE;
}

/* FALSE: the line is of another kind. */
static gboolean
read_enrolled (SatReceiveFacts *facts, char **words)
{
  guint n = g_strv_length (words);
  SatId first, second;

  if (n == 2 && strcmp (words[0], "founder") == 0 && sat_id_parse (words[1], &first))
    {
      if (facts->admissions == NULL)
        facts->admissions = sat_admissions_new (&first);
      return TRUE;
    }
  if (facts->admissions == NULL)
    return FALSE;
  if (n == 4 && strcmp (words[0], "invite") == 0)
    {
      SatInvite invite = { .role = words[3] };
      guint64 expires;

      if (read_key (words[1], invite.key) &&
          sat_number_parse (words[2], strlen (words[2]), SAT_HLC_MAX_MS, &expires))
        {
          invite.expires_ms = (gint64) expires;
          sat_admissions_add_invite (facts->admissions, &invite);
        }
      return TRUE;
    }
  if (n == 4 && strcmp (words[0], "admit") == 0 && sat_id_parse (words[1], &first) &&
      sat_id_parse (words[3], &second))
    {
      const SatAdmit admit = { first, words[2] };

      sat_admissions_add_admit (facts->admissions, &second, &admit);
      return TRUE;
    }
  if (n != 3 || !sat_id_parse (words[1], &first) || !sat_id_parse (words[2], &second))
    return FALSE;
  if (strcmp (words[0], "claim") == 0)
    sat_admissions_add_claim (facts->admissions, &first, &second);
  else if (strcmp (words[0], "withdraw") == 0)
    sat_admissions_add_withdrawal (facts->admissions, &first);
  else
    return FALSE;
  return TRUE;
}

/* Takes LINE. */
static void
put_line (SatReceiveFacts *facts, char *line)
{
  if (!g_hash_table_contains (facts->enrolled, line))
    g_string_append_printf (facts->fresh, "%s\n", line);
  g_hash_table_add (facts->enrolled, line);
}

static char *
invite_line (const SatInvite *invite)
{
  g_autoptr (GString) line = g_string_new ("invite ");

  for (guint i = 0; i < sizeof invite->key; i++)
    g_string_append_printf (line, "%02x", invite->key[i]);
  g_string_append_printf (line, " %" G_GINT64_FORMAT " %s", invite->expires_ms, invite->role);
  return g_strdup (line->str);
}

static void
note_enrolled (SatReceiveFacts *facts, const SatChangeSet *set)
{
  const SatEnrolment *enrolment = sat_change_set_enrolment (set);
  char by[SAT_ID_TEXT_SIZE];
  char id[SAT_ID_TEXT_SIZE];

  if (facts->admissions == NULL || enrolment == NULL)
    return;
  sat_admissions_add (facts->admissions, set);
  sat_id_format (sat_change_set_device (set), by);
  for (guint i = 0; i < enrolment->n_invites; i++)
    put_line (facts, invite_line (&enrolment->invites[i]));
  for (guint i = 0; i < enrolment->n_admits; i++)
    put_line (facts,
              g_strdup_printf ("admit %s %s %s", sat_id_format (&enrolment->admits[i].device, id),
                               enrolment->admits[i].role, by));
  for (guint i = 0; i < enrolment->n_withdrawals; i++)
    put_line (facts, g_strdup_printf ("withdraw %s %s",
                                      sat_id_format (&enrolment->withdrawals[i], id), by));
  if (enrolment->claim != NULL)
    put_line (facts, g_strdup_printf ("claim %s %s",
                                      sat_id_format (&enrolment->claim->invitation, id), by));
}

/* ---- rights -------------------------------------------------------------------------------------
 */

const SatRightFacts *
sat_receive_facts_rights (const SatReceiveFacts *facts)
{
  return facts->admissions != NULL && facts->judges_rights ? facts->rights : NULL;
}

/* Is all of book company there since the workspace was founded? Epochs that are over leave a hub,
 * and with them the grants that they said. */
static gboolean
knows_all_grants (const SatReceiveFacts *facts)
{
  g_autoptr (GArray) admins = sat_admissions_admins (facts->admissions);

  for (guint i = 0; i < admins->len; i++)
    if (!g_hash_table_contains (facts->whole, &g_array_index (admins, SatId, i)))
      return FALSE;
  return g_hash_table_size (facts->whole) == g_hash_table_size (facts->writers);
}

void
sat_receive_facts_judge_rights (SatReceiveFacts *facts)
{
  if (facts->admissions == NULL || facts->judges_rights || facts->hub != NULL ||
      !knows_all_grants (facts))
    return;
  facts->judges_rights = TRUE;
  g_string_append (facts->fresh, RIGHTS "\n");
}

/* FALSE: LINE is of another kind. */
static gboolean
read_rights (SatReceiveFacts *facts, const char *line)
{
  if (strcmp (line, RIGHTS) != 0)
    return sat_right_facts_read (facts->rights, line);
  facts->judges_rights = TRUE;
  return TRUE;
}

static void
note_rights (SatReceiveFacts *facts, const SatChangeSet *set)
{
  if (strcmp (sat_change_set_book (set), SAT_BOOK_KEY_COMPANY) == 0)
    {
      const SatId *device = sat_change_set_device (set);

      g_hash_table_add (facts->writers, g_memdup2 (device, sizeof *device));
      if (sat_change_set_number (set) == 1)
        g_hash_table_add (facts->whole, g_memdup2 (device, sizeof *device));
    }
  if (facts->admissions != NULL)
    sat_right_facts_add (facts->rights, set, facts->admissions, facts->fresh);
}

/* ---- the file -----------------------------------------------------------------------------------
 */

static void
read_line (SatReceiveFacts *facts, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  g_autofree char *key = NULL;
  guint64 number = 0;
  gboolean cut;
  SatId device;

  if (read_rights (facts, line))
    return;
  if (read_enrolled (facts, words))
    {
      g_hash_table_add (facts->enrolled, g_strdup (line));
      return;
    }
  if (g_strv_length (words) != 4 || !sat_id_parse (words[2], &device) ||
      (strcmp (words[3], "0") != 0 &&
       !sat_number_parse (words[3], strlen (words[3]), NUMBER_MAX, &number)))
    return;
  cut = strcmp (words[0], "cut") == 0;
  if (!cut && strcmp (words[0], "seen") != 0)
    return;
  key = key_of (words[1], &device);
  put (cut ? facts->cuts : facts->seen, key, number, cut);
}

/* The lines of the file at PATH; *BROKEN: the last one broke off. NULL if it is not there, or
 * cannot be read. */
static GStrv
read_lines (SatReceiveFacts *facts, const char *path, gboolean *broken)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  char *end;

  if (!g_file_get_contents (path, &text, NULL, &error))
    {
      if (!g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        facts->problem = g_strdup (error->message);
      return NULL;
    }
  end = strrchr (text, '\n');
  *broken = end == NULL ? *text != '\0' : end[1] != '\0';
  if (end == NULL)
    return NULL;
  *end = '\0';
  return g_strsplit (text, "\n", -1);
}

/* Who is let in, and what he may, says HUB alone. One that says nothing is not taken for an open
 * one. */
static void
read_hub (SatReceiveFacts *facts)
{
  g_autofree char *path = g_build_filename (facts->hub, SAT_RECEIVE_FACTS, NULL);
  gboolean broken = FALSE;
  g_auto (GStrv) lines = read_lines (facts, path, &broken);

  if (lines == NULL && facts->problem == NULL)
    facts->problem = g_strdup (g_strerror (ENOENT));
  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", -1);

      if (!read_rights (facts, lines[i]) && read_enrolled (facts, words))
        g_hash_table_add (facts->enrolled, g_strdup (lines[i]));
    }
}

static void
read_file (SatReceiveFacts *facts)
{
  gboolean broken = FALSE;
  g_auto (GStrv) lines = read_lines (facts, facts->path, &broken);

  /* The next line must not continue one that broke off, and that one must not become whole. */
  if (broken)
    g_string_append (facts->fresh, "?\n");
  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], HUB))
      {
        g_free (facts->hub);
        facts->hub = g_strdup (lines[i] + strlen (HUB));
      }
    else
      read_line (facts, lines[i]);
  if (facts->hub != NULL)
    read_hub (facts);
}

const char *
sat_receive_facts_hub (const SatReceiveFacts *facts)
{
  return facts->hub;
}

void
sat_receive_facts_set_hub (SatReceiveFacts *facts, const char *hub)
{
  if (g_strcmp0 (facts->hub, hub) == 0)
    return;
  g_free (facts->hub);
  facts->hub = g_strdup (hub);
  g_string_append_printf (facts->fresh, HUB "%s\n", hub);
  read_hub (facts);
}

SatReceiveFacts *
sat_receive_facts_load (const char *dir)
{
  SatReceiveFacts *facts = g_new0 (SatReceiveFacts, 1);

  facts->path = g_build_filename (dir, SAT_RECEIVE_FACTS, NULL);
  facts->cuts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  facts->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  facts->said = g_array_new (FALSE, FALSE, sizeof (Said));
  g_array_set_clear_func (facts->said, said_clear);
  facts->enrolled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  facts->writers = g_hash_table_new_full (sat_id_hash, sat_id_equal, g_free, NULL);
  facts->whole = g_hash_table_new_full (sat_id_hash, sat_id_equal, g_free, NULL);
  facts->fresh = g_string_new (NULL);
  facts->rights = sat_right_facts_new ();
  read_file (facts);
  return facts;
}

const char *
sat_receive_facts_problem (const SatReceiveFacts *facts)
{
  return facts->problem;
}

void
sat_receive_facts_free (SatReceiveFacts *facts)
{
  if (facts == NULL)
    return;
  g_free (facts->path);
  g_free (facts->hub);
  g_free (facts->problem);
  sat_admissions_free (facts->admissions);
  g_hash_table_unref (facts->enrolled);
  sat_right_facts_free (facts->rights);
  g_hash_table_unref (facts->writers);
  g_hash_table_unref (facts->whole);
  g_hash_table_unref (facts->cuts);
  g_hash_table_unref (facts->seen);
  g_array_unref (facts->said);
  g_string_free (facts->fresh, TRUE);
  g_free (facts);
}

void
sat_receive_facts_note (SatReceiveFacts *facts, const SatChangeSet *set)
{
  const char *book = sat_change_set_book (set);
  guint n_cuts;
  const SatSaw *cuts = sat_change_set_cuts (set, &n_cuts);

  for (guint i = 0; i < n_cuts; i++)
    {
      g_autofree char *key = key_of (book, &cuts[i].device);

      if (put (facts->cuts, key, cuts[i].number, TRUE))
        g_string_append_printf (facts->fresh, "cut %s %" G_GUINT64_FORMAT "\n", key,
                                cuts[i].number);
    }
  note_enrolled (facts, set);
  note_rights (facts, set);
  sat_receive_facts_hear (facts, set);
}

void
sat_receive_facts_hear (SatReceiveFacts *facts, const SatChangeSet *set)
{
  const char *book = sat_change_set_book (set);
  guint n_saw;
  const SatSaw *saw = sat_change_set_saw (set, &n_saw);

  for (guint i = 0; i < n_saw; i++)
    {
      Said said = { key_of (book, sat_change_set_device (set)), sat_change_set_number (set),
                    key_of (book, &saw[i].device), saw[i].number };

      g_array_append_val (facts->said, said);
    }
}

static guint64
cut_of (SatReceiveFacts *facts, const char *key)
{
  const guint64 *cut = g_hash_table_lookup (facts->cuts, key);

  return cut ? *cut : G_MAXUINT64;
}

void
sat_receive_facts_settle (SatReceiveFacts *facts)
{
  for (guint i = 0; i < facts->said->len; i++)
    {
      const Said *said = &g_array_index (facts->said, Said, i);

      if (said->value <= cut_of (facts, said->of) || said->number > cut_of (facts, said->by) ||
          !put (facts->seen, said->of, said->value, FALSE))
        continue;
      g_string_append_printf (facts->fresh, "seen %s %" G_GUINT64_FORMAT "\n", said->of,
                              said->value);
    }
  g_array_set_size (facts->said, 0);
}

gboolean
sat_receive_facts_accept (SatReceiveFacts *facts, const SatBranch *branch, guint64 number)
{
  g_autofree char *key = key_of (branch->book, &branch->device);
  const guint64 *seen = g_hash_table_lookup (facts->seen, key);

  return number <= cut_of (facts, key) || (seen != NULL && number <= *seen);
}

/* In a hub that several accounts share whoever comes first must not shut out the others. */
static void
share (const char *path, int fd)
{
  g_autofree char *dir = g_path_get_dirname (path);
  struct stat of_dir, of_file;

  if (stat (dir, &of_dir) == 0 && fstat (fd, &of_file) == 0 &&
      (of_dir.st_mode & S_IWGRP & ~of_file.st_mode) != 0)
    (void) !fchmod (fd, (of_file.st_mode & 0777) | S_IRGRP | S_IWGRP); /* FALSE: not our file */
}

gboolean
sat_receive_facts_save (SatReceiveFacts *facts)
{
  gssize length = (gssize) facts->fresh->len;
  gboolean ok;
  int fd;

  if (length == 0)
    return TRUE;
  fd = open (facts->path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
  if (fd < 0)
    return FALSE;
  share (facts->path, fd);
  /* In one piece, since others may append as well. */
  ok = write (fd, facts->fresh->str, (gsize) length) == length;
  ok = fsync (fd) == 0 && ok;
  ok = close (fd) == 0 && ok;
  g_string_truncate (facts->fresh, 0);
  return ok;
}
