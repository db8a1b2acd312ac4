/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/sync/sat-hub-question.h"

#include <glib/gi18n.h>
#include <string.h>

/* Longest thing worth reading: a fingerprint, an address. */
#define TEXT_MAX 1024

static char *
text_of (JsonObject *event, const char *member)
{
  JsonNode *node = json_object_get_member (event, member);
  const char *text = NULL;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
      json_node_get_value_type (node) == G_TYPE_STRING)
    text = json_node_get_string (node);
  return text != NULL && *text != '\0' && strlen (text) <= TEXT_MAX ? g_strdup (text) : NULL;
}

static gboolean
kind_of (const char *name, SatHubAsks *out)
{
  static const char *const names[] = { "host-key", "certificate", "login", "passphrase" };

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], name))
      {
        *out = (SatHubAsks) i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
is_peer (const SatHubQuestion *question)
{
  return question->kind == SAT_HUB_ASKS_HOST_KEY || question->kind == SAT_HUB_ASKS_CERTIFICATE;
}

SatHubQuestion *
sat_hub_question_new (JsonObject *event)
{
  g_autofree char *kind = text_of (event, "kind");
  g_autoptr (SatHubQuestion) question = g_new0 (SatHubQuestion, 1);

  if (!kind_of (kind, &question->kind))
    return NULL;
  question->host = text_of (event, "host");
  question->port = (guint) CLAMP (json_object_get_int_member_with_default (event, "port", 0), 0,
                                  G_MAXUINT16);
  question->book = text_of (event, "book");
  question->fingerprint = text_of (event, "fingerprint");
  question->known = text_of (event, "known");
  question->user = text_of (event, "user");
  question->file = text_of (event, "file");
  question->again = json_object_get_boolean_member_with_default (event, "again", FALSE);
  if (question->host == NULL)
    question->host = text_of (event, "hub");
  if (question->kind == SAT_HUB_ASKS_PASSPHRASE && question->file == NULL)
    return NULL;
  if (question->host == NULL || (is_peer (question) && question->fingerprint == NULL))
    return NULL;
  return g_steal_pointer (&question);
}

SatHubQuestion *
sat_hub_question_copy (const SatHubQuestion *question)
{
  SatHubQuestion *copy = g_new0 (SatHubQuestion, 1);

  copy->kind = question->kind;
  copy->host = g_strdup (question->host);
  copy->port = question->port;
  copy->book = g_strdup (question->book);
  copy->fingerprint = g_strdup (question->fingerprint);
  copy->known = g_strdup (question->known);
  copy->user = g_strdup (question->user);
  copy->file = g_strdup (question->file);
  copy->again = question->again;
  return copy;
}

void
sat_hub_question_free (SatHubQuestion *question)
{
  if (question == NULL)
    return;
  g_free (question->host);
  g_free (question->book);
  g_free (question->fingerprint);
  g_free (question->known);
  g_free (question->user);
  g_free (question->file);
  g_free (question);
}

static char *
peer_text (const SatHubQuestion *question)
{
  gboolean key = question->kind == SAT_HUB_ASKS_HOST_KEY;

  if (question->known == NULL)
    return g_strdup_printf (key ? _ ("The hub’s computer “%s” is not known here yet")
                                : _ ("Nobody vouches for the hub’s computer “%s”"),
                            question->host);
  return g_strdup_printf (
      key ? _ ("Warning: the hub’s computer “%s” shows another key than before")
          : _ ("Warning: the hub’s computer “%s” shows another certificate than before"),
      question->host);
}

/* The same of a book's. */
static char *
book_peer_text (const SatHubQuestion *question)
{
  gboolean key = question->kind == SAT_HUB_ASKS_HOST_KEY;

  if (question->known == NULL)
    return g_strdup_printf (key ? _ ("“%s”, the computer of the book “%s”, is not known here yet")
                                : _ ("Nobody vouches for “%s”, the computer of the book “%s”"),
                            question->host, question->book);
  return g_strdup_printf (
      key ? _ ("Warning: “%s”, the computer of the book “%s”, shows another key than before")
          : _ ("Warning: “%s”, the computer of the book “%s”, shows another certificate than "
               "before"),
      question->host, question->book);
}

static char *
book_login_text (const SatHubQuestion *question)
{
  return g_strdup_printf (
      question->again ? _ ("“%s”, the server of the book “%s”, did not accept user and password")
                      : _ ("“%s”, the server of the book “%s”, asks for user and password"),
      question->host, question->book);
}

char *
sat_hub_question_text (const SatHubQuestion *question)
{
  if (is_peer (question))
    return question->book != NULL ? book_peer_text (question) : peer_text (question);
  if (question->kind == SAT_HUB_ASKS_PASSPHRASE)
    return g_strdup (question->again ? _ ("The hub was not opened with your ssh key")
                                     : _ ("Your ssh key has a passphrase"));
  if (question->book != NULL)
    return book_login_text (question);
  if (question->again)
    return g_strdup_printf (_ ("The hub “%s” did not accept user and password"), question->host);
  return g_strdup_printf (_ ("The hub “%s” asks for user and password"), question->host);
}

/* ---- answers ------------------------------------------------------------------------------- */

static void
secret_free (char *secret)
{
  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static void
login_free (gpointer data)
{
  SatHubLoginAnswer *login = data;

  g_free (login->server);
  g_free (login->user);
  secret_free (login->secret);
  g_free (login);
}

void
sat_hub_answer_clear (SatHubAnswer *answer)
{
  g_clear_pointer (&answer->accept, g_free);
  g_clear_pointer (&answer->logins, g_ptr_array_unref);
  g_clear_pointer (&answer->passphrase, secret_free);
  answer->remember = FALSE;
}

void
sat_hub_answer_accept (SatHubAnswer *answer, const char *fingerprint)
{
  g_free (answer->accept);
  answer->accept = g_strdup (fingerprint);
}

void
sat_hub_answer_login (SatHubAnswer *answer,
                      const SatHubQuestion *question,
                      const char *user,
                      const char *secret)
{
  SatHubLoginAnswer *login = g_new0 (SatHubLoginAnswer, 1);

  login->server = g_strdup_printf ("%s:%u", question->host, question->port);
  login->user = g_strdup (user);
  login->secret = g_strdup (secret);
  if (answer->logins == NULL)
    answer->logins = g_ptr_array_new_with_free_func (login_free);
  for (guint i = 0; i < answer->logins->len; i++)
    {
      const SatHubLoginAnswer *before = g_ptr_array_index (answer->logins, i);

      if (g_str_equal (before->server, login->server))
        {
          g_ptr_array_remove_index (answer->logins, i);
          break;
        }
    }
  g_ptr_array_add (answer->logins, login);
}

void
sat_hub_answer_passphrase (SatHubAnswer *answer, const char *passphrase, gboolean remember)
{
  g_clear_pointer (&answer->passphrase, secret_free);
  answer->passphrase = g_strdup (passphrase);
  answer->remember = remember;
}

void
sat_hub_answer_args (const SatHubAnswer *answer, GPtrArray *args)
{
  if (answer->accept != NULL)
    {
      g_ptr_array_add (args, (gpointer) "--accept-host");
      g_ptr_array_add (args, answer->accept);
    }
  if (answer->passphrase != NULL)
    g_ptr_array_add (args, (gpointer) "--passphrase-stdin");
  if (answer->remember)
    g_ptr_array_add (args, (gpointer) "--remember");
  if (answer->logins == NULL)
    return;
  g_ptr_array_add (args, (gpointer) "--login-stdin");
  for (guint i = 0; i < answer->logins->len; i++)
    {
      const SatHubLoginAnswer *login = g_ptr_array_index (answer->logins, i);

      g_ptr_array_add (args, (gpointer) "--login-for");
      g_ptr_array_add (args, login->server);
    }
}

char *
sat_hub_answer_input (const SatHubAnswer *answer)
{
  GString *text = g_string_new (NULL);

  if (answer->passphrase != NULL)
    g_string_append_printf (text, "%s\n", answer->passphrase);
  for (guint i = 0; answer->logins != NULL && i < answer->logins->len; i++)
    {
      const SatHubLoginAnswer *login = g_ptr_array_index (answer->logins, i);

      g_string_append_printf (text, "%s\n%s\n", login->user, login->secret);
    }
  return g_string_free (text, text->len == 0);
}
