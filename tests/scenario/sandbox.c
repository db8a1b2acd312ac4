/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of a scenario. A step that runs no program fills in its outcome itself. */
#include "tests/scenario/sandbox.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "tests/scenario/ssh-key.h"

struct _Sandbox
{
  char *dir;
  char *satchel;
  char **env;
};

void
outcome_clear (Outcome *outcome)
{
  g_clear_pointer (&outcome->out, g_free);
  g_clear_pointer (&outcome->err, g_free);
  outcome->status = 0;
}

Sandbox *
sandbox_new (void)
{
  Sandbox *box = g_new0 (Sandbox, 1);
  const char *satchel = g_getenv ("SATCHEL");
  const char *build = g_getenv ("SATCHEL_BUILD_ROOT");
  g_autofree char *built = NULL;

  box->dir = g_dir_make_tmp ("scenario-XXXXXX", NULL);
  g_assert_nonnull (box->dir);
  if (satchel == NULL)
    satchel = built = g_build_filename (build != NULL ? build : "build-test", "cli", "satchel",
                                        NULL);
  box->satchel = g_canonicalize_filename (satchel, NULL);
  box->env = g_get_environ ();
  box->env = g_environ_setenv (box->env, "HOME", box->dir, TRUE);
  box->env = g_environ_setenv (box->env, "XDG_DATA_HOME", box->dir, TRUE);
  box->env = g_environ_setenv (box->env, "XDG_STATE_HOME", box->dir, TRUE);
  box->env = g_environ_setenv (box->env, "SATCHEL", box->satchel, TRUE);
  box->env = g_environ_setenv (box->env, "DIR", box->dir, TRUE);
  box->env = g_environ_setenv (box->env, "GIT_CONFIG_GLOBAL", "/dev/null", TRUE);
  box->env = g_environ_setenv (box->env, "GIT_CONFIG_NOSYSTEM", "1", TRUE);
  return box;
}

static void
run (Sandbox *box, char **argv, Outcome *outcome)
{
  g_autoptr (GError) error = NULL;
  int status;

  outcome_clear (outcome);
  if (!g_spawn_sync (box->dir, argv, box->env, G_SPAWN_SEARCH_PATH, NULL, NULL, &outcome->out,
                     &outcome->err, &status, &error))
    {
      outcome->out = g_strdup ("");
      outcome->err = g_strdup (error->message);
      outcome->status = 127;
      return;
    }
  outcome->status = WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status);
}

static void
run_words (Sandbox *box, GPtrArray *argv, const char *const *words, Outcome *outcome)
{
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) words[i]);
  g_ptr_array_add (argv, NULL);
  run (box, (char **) argv->pdata, outcome);
}

static void
done (Outcome *outcome, gboolean ok, const char *err)
{
  outcome_clear (outcome);
  outcome->status = ok ? 0 : 1;
  outcome->out = g_strdup ("");
  outcome->err = g_strdup (err);
}

void
sandbox_free (Sandbox *box, gboolean keep)
{
  char *argv[] = { (char *) "rm", (char *) "-rf", box->dir, NULL };
  Outcome outcome = { 0 };

  if (keep)
    printf ("# kept: %s\n", box->dir);
  else
    run (box, argv, &outcome);
  outcome_clear (&outcome);
  g_free (box->dir);
  g_free (box->satchel);
  g_strfreev (box->env);
  g_free (box);
}

const char *
sandbox_dir (const Sandbox *box)
{
  return box->dir;
}

/* ---- programs ---- */

void
sandbox_satchel (
    Sandbox *box, const char *laptop, gboolean json, const char *const *words, Outcome *outcome)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autofree char *home = laptop != NULL ? g_build_filename (box->dir, laptop, NULL) : NULL;

  g_ptr_array_add (argv, box->satchel);
  if (json)
    g_ptr_array_add (argv, (gpointer) "--json");
  if (home != NULL)
    {
      g_ptr_array_add (argv, (gpointer) "--home");
      g_ptr_array_add (argv, home);
    }
  run_words (box, argv, words, outcome);
}

void
sandbox_git (Sandbox *box, const char *const *words, Outcome *outcome)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();

  g_ptr_array_add (argv, (gpointer) "git");
  run_words (box, argv, words, outcome);
}

void
sandbox_shell (Sandbox *box, const char *line, Outcome *outcome)
{
  char *argv[] = { (char *) "sh", (char *) "-euc", (char *) line, NULL };

  run (box, argv, outcome);
}

/* ---- files ---- */

void
sandbox_file (Sandbox *box, const char *name, const char *content, Outcome *outcome)
{
  g_autofree char *path = g_build_filename (box->dir, name, NULL);
  g_autoptr (GError) error = NULL;
  gboolean ok = g_file_set_contents (path, content, -1, &error);

  done (outcome, ok, ok ? "" : error->message);
}

void
sandbox_fill (Sandbox *box, const char *name, const char *size, Outcome *outcome)
{
  gsize n = size != NULL ? (gsize) g_ascii_strtoull (size, NULL, 10) : 0;
  g_autofree char *text = g_malloc (n + 1);

  for (gsize i = 0; i < n; i++)
    text[i] = i % 64 == 63 ? '\n' : (char) ('a' + i % 26);
  text[n] = '\0';
  sandbox_file (box, name, text, outcome);
}

/* ---- whole replicas ---- */

void
sandbox_same (Sandbox *box, const char *const *laptops, Outcome *outcome)
{
  const char *const words[] = { "digest", NULL };
  g_autofree char *first = NULL;

  for (guint i = 0; laptops[i] != NULL; i++)
    {
      sandbox_satchel (box, laptops[i], TRUE, words, outcome);
      if (outcome->status != 0)
        return;
      if (first == NULL)
        first = g_strdup (outcome->out);
      else if (strcmp (first, outcome->out) != 0)
        {
          g_autofree char *err = g_strdup_printf ("%s has another digest:\n%s%s", laptops[i], first,
                                                  outcome->out);

          done (outcome, FALSE, err);
          return;
        }
    }
  done (outcome, first != NULL && strstr (first, "\"digest\"") != NULL, "");
}

static gboolean
write_signers (Sandbox *box, const char *laptop, Outcome *outcome)
{
  const char *const words[] = { "devices", "--allowed-signers", NULL };
  g_autofree char *text = NULL;

  sandbox_satchel (box, laptop, FALSE, words, outcome);
  if (outcome->status != 0)
    return FALSE;
  text = g_strdup (outcome->out);
  sandbox_file (box, "allowed-signers", text, outcome);
  return outcome->status == 0;
}

void
sandbox_verify (Sandbox *box, const char *const *words, Outcome *outcome)
{
  g_autofree char *line = NULL;

  if (words[0] == NULL || words[1] == NULL)
    {
      done (outcome, FALSE, "verify HUB LAPTOP");
      return;
    }
  if (!write_signers (box, words[1], outcome))
    return;
  line = g_strdup_printf (
      "commits=$(git -C '%s' rev-list --all)\n"
      "test -n \"$commits\"\n"
      "git -C '%s' -c gpg.ssh.allowedSignersFile=\"$DIR/allowed-signers\" verify-commit $commits",
      words[0], words[0]);
  sandbox_shell (box, line, outcome);
}

static gboolean
write_ssh_key (Sandbox *box, const char *laptop, Outcome *outcome)
{
  g_autofree char *path = g_build_filename (box->dir, laptop, "device.key", NULL);
  g_autofree char *seed = NULL;
  g_autofree char *key = NULL;

  if (g_file_get_contents (path, &seed, NULL, NULL))
    key = ssh_key_text (seed);
  if (key == NULL)
    {
      done (outcome, FALSE, "the laptop has no key that can be read");
      return FALSE;
    }
  sandbox_file (box, "forger.key", key, outcome);
  return outcome->status == 0;
}

void
sandbox_forge (Sandbox *box, const char *const *words, Outcome *outcome)
{
  static const char script[] =
      "hub=$1 laptop=$2 book=$3 file=$4\n"
      "chmod 600 forger.key\n"
      "number=$(sed -n 's/^number //p' \"$file\" | head -n 1)\n"
      "device=$($SATCHEL --json --home \"$laptop\" status | sed -n '/\"device\"/,/}/s/.*\"id\" : "
      "\"\\(.*\\)\".*/\\1/p')\n"
      "branch=$(git -C \"$hub\" for-each-ref --format='%(refname)' "
      "\"refs/heads/$book/$device/*\")\n"
      "parent=${branch:+-p $branch} branch=${branch:-refs/heads/$book/$device/1}\n"
      "blob=$(git -C \"$hub\" hash-object -w --stdin <\"$file\")\n"
      "tree=$(printf '100644 blob %s\\t%s.changes\\n' \"$blob\" \"$number\" | git -C \"$hub\" "
      "mktree)\n"
      "commit=$(git -C \"$hub\" -c gpg.format=ssh -c user.signingkey=\"$DIR/forger.key\" "
      "-c user.name=forger -c user.email=forger@example.org "
      "commit-tree \"$tree\" -S $parent -m forged)\n"
      "git -C \"$hub\" update-ref \"$branch\" \"$commit\"\n";
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();

  if (g_strv_length ((char **) words) != 4)
    {
      done (outcome, FALSE, "forge HUB LAPTOP BOOK FILE");
      return;
    }
  if (!write_ssh_key (box, words[1], outcome))
    return;
  g_ptr_array_add (argv, (gpointer) "sh");
  g_ptr_array_add (argv, (gpointer) "-euc");
  g_ptr_array_add (argv, (gpointer) script);
  g_ptr_array_add (argv, (gpointer) "forge");
  run_words (box, argv, words, outcome);
}
