/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/render/sat-render-question.h"

#include <glib/gi18n.h>

#include "gtk-app/approval/sat-approval-question.h"
#include "gtk-app/sync/sat-hub-dialog.h"

static GtkWindow *
ask (GtkWindow *parent, const SatHubQuestion *question)
{
  return GTK_WINDOW (sat_hub_dialog_new (parent, question, "wang"));
}

/* What the hub's computer may ask, with fingerprints made up. */
#define KEY_BEFORE "SHA256:pN1nqkgzWUbPzGJwdZQ3Ls6vQEhZkQ2r9fPmTtXyRc8"
#define KEY_NOW "SHA256:uVx0Yb5lS0cT3m1WqzX8nB4kHd7jKfG2aLpRtEwQi9M"
#define CERTIFICATE \
  "3F:A1:5C:0E:77:B2:94:D8:1B:6E:C3:50:AF:29:E7:64:8D:12:F9:3B:A6:5E:D0:47:C8:71:0D:9A:B5:26:" \
  "EE:43"

GtkWindow *
sat_render_key_locked (GtkWindow *parent)
{
  g_autofree char *file = g_build_filename (g_get_home_dir (), ".ssh", "id_ed25519", NULL);
  const SatHubQuestion question = {
    .kind = SAT_HUB_ASKS_PASSPHRASE,
    .host = (char *) "hub.example.com",
    .file = file,
  };

  return ask (parent, &question);
}

GtkWindow *
sat_render_host_unknown (GtkWindow *parent)
{
  const SatHubQuestion question = {
    .kind = SAT_HUB_ASKS_HOST_KEY,
    .host = (char *) "hub.example.com",
    .fingerprint = (char *) KEY_NOW,
  };

  return ask (parent, &question);
}

GtkWindow *
sat_render_host_changed (GtkWindow *parent)
{
  const SatHubQuestion question = {
    .kind = SAT_HUB_ASKS_HOST_KEY,
    .host = (char *) "hub.example.com",
    .fingerprint = (char *) KEY_NOW,
    .known = (char *) KEY_BEFORE,
  };

  return ask (parent, &question);
}

GtkWindow *
sat_render_certificate_unknown (GtkWindow *parent)
{
  const SatHubQuestion question = {
    .kind = SAT_HUB_ASKS_CERTIFICATE,
    .host = (char *) "hub.example.com",
    .fingerprint = (char *) CERTIFICATE,
  };

  return ask (parent, &question);
}

GtkWindow *
sat_render_sign_in (GtkWindow *parent)
{
  const SatHubQuestion question = {
    .kind = SAT_HUB_ASKS_LOGIN,
    .host = (char *) "hub.example.com",
  };

  return ask (parent, &question);
}

/* The same of the server of a book. */
GtkWindow *
sat_render_sign_in_book (GtkWindow *parent)
{
  const SatHubQuestion question = {
    .kind = SAT_HUB_ASKS_LOGIN,
    .host = (char *) "vault.example.com",
    .book = (char *) "Key accounts",
  };

  return ask (parent, &question);
}

static void
nothing_cb (const char *response, const char *note, const char *login, gpointer data)
{
}

GtkWindow *
sat_render_approval_missing (GtkWindow *parent)
{
  g_autofree char *first = g_strdup_printf (_ ("“%s” needs an approval (%s) first."), "Hongda",
                                            "Large deals");
  g_autofree char *asks = g_strdup_printf (_ ("It asks: %s."), "Li Qiang");
  g_autofree char *rest = g_strdup_printf (
      _ ("Asking saves everything but “%s”: that follows once it is approved."), _ ("Stage"));
  g_autofree char *text = g_strjoin ("\n\n", first, asks, rest, NULL);
  const SatApprovalQuestion question = { .heading = _ ("An Approval Is Missing"),
                                         .text = text,
                                         .note = _ ("Note for those who decide"),
                                         .yes = _ ("_Ask for Approval") };

  return sat_approval_question_show (GTK_WIDGET (parent), &question, nothing_cb, NULL, NULL);
}
