/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-hub-login.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "sync/sat-hub-trust.h"
#include "sync/sat-key-file.h"

#define MAX_QUESTIONS 3 /* to a person, on one connection */

static void
login_free (gpointer data)
{
  SatLogin *login = data;

  sat_login_clear (login);
  g_free (login);
}

/* Of the server that is left; one that was not right is not worth it. */
static void
put_away (SatHubLogin *login)
{
  SatLogin *kept;

  if (login->server == NULL || login->login.secret == NULL || login->error != NULL)
    return;
  kept = g_new0 (SatLogin, 1);
  kept->user = g_steal_pointer (&login->login.user);
  kept->secret = g_steal_pointer (&login->login.secret);
  if (login->left == NULL)
    login->left = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, login_free);
  g_hash_table_replace (login->left, g_strdup (login->server), kept);
}

static void
take_back (SatHubLogin *login)
{
  SatLogin *kept = login->left ? g_hash_table_lookup (login->left, login->server) : NULL;

  if (kept == NULL)
    return;
  login->login = *kept;
  *kept = (SatLogin){ 0 };
  g_hash_table_remove (login->left, login->server);
}

void
sat_hub_login_go (SatHubLogin *login,
                  const SatHubAddress *address,
                  const char *book,
                  const char *book_name)
{
  put_away (login);
  sat_hub_login_begin (login);
  sat_login_clear (&login->login);
  login->login_new = FALSE;
  login->n_passphrases = 0;
  g_free (login->book);
  g_free (login->book_name);
  login->book = g_strdup (book);
  login->book_name = g_strdup (book_name);
  login->address = address;
  g_free (login->server);
  login->server = sat_hub_address_server (address);
  take_back (login);
}

void
sat_hub_login_begin (SatHubLogin *login)
{
  g_clear_pointer (&login->keys, g_ptr_array_unref);
  g_clear_pointer (&login->locked, g_free);
  g_clear_error (&login->error);
  login->n_offers = 0;
  login->n_questions = 0;
  login->user_said = FALSE;
  login->agent_tried = FALSE;
}

void
sat_hub_login_accepted (SatHubLogin *login)
{
  g_clear_error (&login->error);
  if (login->login_new)
    sat_secret_store (login->home, login->address, &login->login, FALSE, NULL);
  login->login_new = FALSE;
  if (login->keep && login->locked != NULL)
    sat_passphrase_store (login->locked, g_hash_table_lookup (login->passphrases, login->locked));
  login->keep = FALSE;
  login->n_passphrases = 0;
}

gboolean
sat_hub_login_retry (SatHubLogin *login)
{
  const git_error *last = git_error_last ();

  if (login->locked == NULL || login->error != NULL || last == NULL || last->klass != GIT_ERROR_SSH)
    return FALSE;
  g_hash_table_remove (login->passphrases, login->locked);
  return TRUE;
}

void
sat_hub_login_clear (SatHubLogin *login)
{
  sat_hub_login_begin (login);
  sat_login_clear (&login->login);
  g_clear_pointer (&login->left, g_hash_table_unref);
  g_clear_pointer (&login->server, g_free);
  g_clear_pointer (&login->book, g_free);
  g_clear_pointer (&login->book_name, g_free);
  g_clear_pointer (&login->passphrases, g_hash_table_unref);
  g_clear_pointer (&login->looked_up, g_hash_table_unref);
}

static gboolean
ask (SatHubLogin *login, SatQuestion *question, SatAnswer *answer)
{
  const SatSyncOptions *options = login->options;

  question->hub = login->address->text;
  question->book = login->book_name;
  question->host = login->address->host;
  question->port = login->address->port;
  question->again = login->n_questions > 0 || login->n_passphrases > 0;
  if (options == NULL || options->ask == NULL || login->n_questions >= MAX_QUESTIONS)
    return FALSE;
  login->n_questions++;
  return options->ask (question, answer, options->ask_data);
}

static void
answer_clear (SatAnswer *answer)
{
  SatLogin both = { answer->user, answer->secret };

  sat_login_clear (&both);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SatAnswer, answer_clear)

/* ---- who is at the other end ---- */

/* Of the hub's computer, and of a book's: %1$s; it shows %2$s; %3$s was accepted before. */
static const char *const unknown_peer[2][2] = {
  { N_ ("nobody vouches for the certificate of the hub’s computer “%1$s”; if it has the "
        "fingerprint "
        "%2$s, accept it with --accept-host %2$s"),
    N_ ("the hub’s computer “%1$s” is not known here; if its key has the fingerprint %2$s, accept "
        "it with --accept-host %2$s") },
  { N_ ("nobody vouches for the certificate of “%1$s”, the computer of the book “%5$s”; if it has "
        "the fingerprint %2$s, accept it with --accept-host %2$s"),
    N_ ("“%1$s”, the computer of the book “%5$s”, is not known here; if its key has the "
        "fingerprint %2$s, accept it with --accept-host %2$s") },
};
static const char *const changed_peer[2][2] = {
  { N_ ("the hub’s computer “%1$s” shows another certificate than before: %2$s instead of %3$s; "
        "someone may be listening in; ask who looks after the hub, and only if it was changed: "
        "satchel hub trust %2$s"),
    N_ ("the hub’s computer “%1$s” shows another key than before: %2$s instead of %3$s; someone "
        "may be listening in; ask who looks after the hub, and only if the key was changed: "
        "satchel hub trust %2$s") },
  { N_ ("“%1$s”, the computer of the book “%5$s”, shows another certificate than before: %2$s "
        "instead of %3$s; someone may be listening in; ask who looks after it, and only if it was "
        "changed: satchel hub trust %2$s --book %4$s"),
    N_ ("“%1$s”, the computer of the book “%5$s”, shows another key than before: %2$s instead of "
        "%3$s; someone may be listening in; ask who looks after it, and only if the key was "
        "changed: satchel hub trust %2$s --book %4$s") },
};

static gboolean
fail_unknown (SatHubLogin *login, const char *fingerprint, const char *known)
{
  gboolean ssh = login->address->kind == SAT_HUB_SSH;
  gboolean apart = login->book != NULL;
  const char *before = known ? known : "";
  const char *args[] = { login->address->host, fingerprint,      before,
                         login->book,          login->book_name, NULL };

  g_clear_error (&login->error);
  return sat_fail_strv (&login->error, SAT_ERROR_REFUSED,
                        (known ? changed_peer : unknown_peer)[apart][ssh], args);
}

/* A key or certificate that nobody has vouched for; KNOWN is the one accepted before. */
static gboolean
question_peer (SatHubLogin *login, const char *fingerprint, const char *known)
{
  SatQuestion question = { 0 };
  g_auto (SatAnswer) answer = { 0 };
  const char *accepted = login->options ? login->options->accept_host : NULL;
  gboolean yes;

  question.kind = login->address->kind == SAT_HUB_SSH ? SAT_QUESTION_HOST_KEY
                                                      : SAT_QUESTION_CERTIFICATE;
  question.fingerprint = fingerprint;
  question.known = known;
  yes = g_strcmp0 (accepted, fingerprint) == 0 || ask (login, &question, &answer);
  /* A change is never waved through: it has to be named. */
  if (!yes || (known && g_strcmp0 (accepted, fingerprint) != 0))
    return fail_unknown (login, fingerprint, known);
  login->n_questions = 0;
  return sat_trust_store (login->home, login->address, fingerprint, &login->error);
}

static gboolean
check_peer (SatHubLogin *login, const char *fingerprint, gboolean valid)
{
  g_autofree char *known = sat_trust_lookup (login->home, login->address);

  if (g_strcmp0 (known, fingerprint) == 0)
    return TRUE;
  /* Authorities renew certificates; host keys that a person accepted stay. */
  if (valid && (known == NULL || login->address->kind == SAT_HUB_HTTP))
    return TRUE;
  return question_peer (login, fingerprint, known);
}

int
sat_hub_login_certificate (SatHubLogin *login, git_cert *cert, gboolean valid)
{
  g_autofree char *fingerprint = NULL;

  if (cert->cert_type == GIT_CERT_HOSTKEY_LIBSSH2)
    {
      const git_cert_hostkey *key = (const git_cert_hostkey *) (void *) cert;

      if (key->type & GIT_CERT_SSH_SHA256)
        fingerprint = sat_trust_key_text (key->hash_sha256);
    }
  else if (cert->cert_type == GIT_CERT_X509)
    {
      const git_cert_x509 *x509 = (const git_cert_x509 *) (void *) cert;

      fingerprint = sat_trust_certificate_text (x509->data, x509->len);
    }
  if (fingerprint == NULL)
    return valid ? 0 : GIT_ECERTIFICATE;
  return check_peer (login, fingerprint, valid) ? 0 : GIT_ECERTIFICATE;
}

/* ---- who we are: http ---- */

/* Of the hub %1$s, and of the repository %1$s of a book. */
static const char *const no_login[2] = {
  N_ ("the hub “%1$s” asks for a user and a password or token; give them: satchel hub login"),
  N_ ("“%1$s”, where the book “%4$s” is, asks for a user and a password or token; give them: "
      "satchel hub login --book %3$s"),
};
static const char *const wrong_login[2] = {
  N_ ("the hub “%1$s” does not let “%2$s” in with this password or token; give the right one: "
      "satchel hub login"),
  N_ ("“%1$s”, where the book “%4$s” is, does not let “%2$s” in with this password or token; give "
      "the right one: satchel hub login --book %3$s"),
};

static gboolean
fail_login (SatHubLogin *login)
{
  const char *user = login->login.user ? login->login.user : "";
  const char *args[] = { login->address->text, user, login->book, login->book_name, NULL };

  g_clear_error (&login->error);
  return sat_fail_strv (&login->error, SAT_ERROR_REFUSED,
                        (login->n_offers > 0 ? wrong_login : no_login)[login->book != NULL], args);
}

static gboolean
ask_login (SatHubLogin *login)
{
  SatQuestion question = { 0 };
  g_auto (SatAnswer) answer = { 0 };

  question.kind = SAT_QUESTION_LOGIN;
  question.user = login->login.user ? login->login.user : login->address->user;
  if (!ask (login, &question, &answer) || answer.user == NULL || answer.secret == NULL)
    return fail_login (login);
  sat_login_clear (&login->login);
  login->login.user = g_steal_pointer (&answer.user);
  login->login.secret = g_steal_pointer (&answer.secret);
  login->login_new = TRUE;
  return TRUE;
}

static gboolean
choose_login (SatHubLogin *login)
{
  if (login->n_offers > 0)
    return ask_login (login);
  if (login->login.secret)
    return TRUE;
  return sat_secret_find (login->home, login->address, &login->login) || ask_login (login);
}

/* ---- who we are: ssh ---- */

/* Nobody may listen at an old agent's socket, which libgit2 takes for the end of everything. */
static gboolean
has_agent (void)
{
  const char *path = g_getenv ("SSH_AUTH_SOCK");
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd;
  gboolean there;

  if (path == NULL || strlen (path) >= sizeof address.sun_path)
    return FALSE;
  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  there = fd >= 0 && connect (fd, (const struct sockaddr *) &address, sizeof address) == 0;
  if (fd >= 0)
    close (fd);
  return there;
}

static gboolean
fail_locked (SatHubLogin *login, const char *path)
{
  g_clear_error (&login->error);
  if (login->n_passphrases > 0)
    return sat_fail (&login->error, SAT_ERROR_REFUSED,
                     N_ ("the key in “%s” did not open the hub: the passphrase is wrong, or the "
                         "hub does not know the key"),
                     path, NULL);
  return sat_fail (
      &login->error, SAT_ERROR_REFUSED,
      N_ ("the key in “%s” has a passphrase; add it to the agent with ssh-add, or sync "
          "on a terminal"),
      path, NULL);
}

static void
know_passphrase (SatHubLogin *login, const char *path, char *passphrase)
{
  if (login->passphrases == NULL)
    login->passphrases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                (GDestroyNotify) sat_passphrase_free);
  g_hash_table_insert (login->passphrases, g_strdup (path), passphrase);
}

/* The one kept in the secret service; asked once, as it would say the same again. */
static void
look_passphrase_up (SatHubLogin *login, const char *path)
{
  char *kept;

  if (login->looked_up == NULL)
    login->looked_up = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!g_hash_table_add (login->looked_up, g_strdup (path)))
    return;
  kept = sat_passphrase_find (path);
  if (kept != NULL)
    know_passphrase (login, path, kept);
}

static gboolean
ask_passphrase (SatHubLogin *login, const char *path)
{
  SatQuestion question = { 0 };
  g_auto (SatAnswer) answer = { 0 };

  question.kind = SAT_QUESTION_PASSPHRASE;
  question.file = path;
  if (login->n_passphrases >= MAX_QUESTIONS || !ask (login, &question, &answer) ||
      answer.secret == NULL)
    return fail_locked (login, path);
  login->n_passphrases++;
  login->keep = answer.keep;
  know_passphrase (login, path, g_steal_pointer (&answer.secret));
  return TRUE;
}

static const char *
passphrase_of (SatHubLogin *login, const char *path)
{
  if (login->passphrases == NULL || !g_hash_table_contains (login->passphrases, path))
    look_passphrase_up (login, path);
  if ((login->passphrases == NULL || !g_hash_table_contains (login->passphrases, path)) &&
      !ask_passphrase (login, path))
    return NULL;
  return g_hash_table_lookup (login->passphrases, path);
}

/* The next key file, or NULL with no more of them. One whose passphrase did not help comes again.
 */
static char *
next_key (SatHubLogin *login)
{
  if (login->locked != NULL)
    {
      g_hash_table_remove (login->passphrases, login->locked);
      return g_steal_pointer (&login->locked);
    }
  if (login->keys == NULL)
    login->keys = sat_key_files (login->home, login->options ? login->options->key_file : NULL);
  return login->keys->len > 0 ? g_ptr_array_steal_index (login->keys, 0) : NULL;
}

static int
offer_key (SatHubLogin *login, git_credential **out, const char *user)
{
  g_autofree char *path = next_key (login);
  g_autofree char *public = path ? g_strconcat (path, ".pub", NULL) : NULL;
  const char *passphrase = NULL;

  if (path == NULL)
    {
      if (login->error == NULL)
        sat_fail (&login->error, SAT_ERROR_REFUSED,
                  N_ ("the hub “%1$s” accepts none of the ssh keys of this laptop for “%2$s”; have "
                      "the public key entered there (~/.ssh/id_ed25519.pub; ssh-keygen -t ed25519 "
                      "makes one)"),
                  login->address->text, user, NULL);
      return GIT_EAUTH;
    }
  if (sat_key_file_is_locked (path))
    {
      passphrase = passphrase_of (login, path);
      if (passphrase == NULL)
        return offer_key (login, out, user);
      login->locked = g_strdup (path);
    }
  return git_credential_ssh_key_new (
      out, user, g_file_test (public, G_FILE_TEST_EXISTS) ? public : NULL, path, passphrase);
}

static int
offer_ssh (SatHubLogin *login, git_credential **out, const char *user, unsigned int allowed)
{
  const char *name = login->address->user ? login->address->user
                                          : (user ? user : g_get_user_name ());

  if ((allowed & GIT_CREDENTIAL_USERNAME) && !login->user_said)
    {
      login->user_said = TRUE;
      return git_credential_username_new (out, name);
    }
  if ((allowed & GIT_CREDENTIAL_SSH_KEY) && !login->agent_tried)
    {
      login->agent_tried = TRUE;
      if (has_agent ())
        return git_credential_ssh_key_from_agent (out, name);
    }
  if (allowed & GIT_CREDENTIAL_SSH_KEY)
    return offer_key (login, out, name);
  sat_fail (&login->error, SAT_ERROR_REFUSED,
            N_ ("the hub “%s” wants a password over ssh; Satchel uses keys: have this laptop’s "
                "public key entered there"),
            login->address->text, NULL);
  return GIT_EAUTH;
}

int
sat_hub_login_credential (SatHubLogin *login,
                          git_credential **out,
                          const char *user,
                          unsigned int allowed)
{
  int code;

  if (login->address->kind == SAT_HUB_SSH)
    {
      code = offer_ssh (login, out, user, allowed);
      /* Whatever went before, an offer that is made is not the end. */
      return code == GIT_EAUTH ? GIT_EUSER : code;
    }
  if (!(allowed & GIT_CREDENTIAL_USERPASS_PLAINTEXT) || !choose_login (login))
    {
      if (login->error == NULL)
        fail_login (login);
      return GIT_EUSER;
    }
  login->n_offers++;
  return git_credential_userpass_plaintext_new (out, login->login.user, login->login.secret);
}
