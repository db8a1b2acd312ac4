/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-hub-address.h"

#include <string.h>

typedef struct
{
  const char *hub;
  SatHubKind kind;
  const char *text, *host, *user;
  guint port;
  const char *peer;
} Case;

static void
test_kinds (void)
{
  static const Case cases[] = {
    { "/srv/hub", SAT_HUB_PATH, "/srv/hub", NULL, NULL, 0, NULL },
    { "/srv/../srv//hub/", SAT_HUB_PATH, "/srv/hub", NULL, NULL, 0, NULL },
    { "file:///srv/h%20b", SAT_HUB_PATH, "/srv/h b", NULL, NULL, 0, NULL },
    { "/srv/with:colon", SAT_HUB_PATH, "/srv/with:colon", NULL, NULL, 0, NULL },
    { "/srv/ssh://x", SAT_HUB_SSH, NULL, NULL, NULL, 0, NULL },
    { "ssh://Host/hub", SAT_HUB_SSH, "ssh://Host/hub", "host", NULL, 22, "ssh host 22" },
    { "ssh://git@host:2222/~/hub.git", SAT_HUB_SSH, "ssh://git@host:2222/~/hub.git", "host", "git",
      2222, "ssh host 2222" },
    { "git@host:hub.git", SAT_HUB_SSH, "git@host:hub.git", "host", "git", 22, "ssh host 22" },
    { "host:hub", SAT_HUB_SSH, "host:hub", "host", NULL, 22, "ssh host 22" },
    { "https://host/hub", SAT_HUB_HTTP, "https://host/hub", "host", NULL, 443, "https host 443" },
    { "https://wang@host:8443/a/hub", SAT_HUB_HTTP, "https://wang@host:8443/a/hub", "host", "wang",
      8443, "https host 8443" },
    { "http://host/hub", SAT_HUB_HTTP, "http://host/hub", "host", NULL, 80, NULL },
    { "https://[::1]/hub", SAT_HUB_HTTP, "https://[::1]/hub", "::1", NULL, 443, "https ::1 443" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SatHubAddress) address = sat_hub_address_parse (cases[i].hub, &error);
      g_autofree char *peer = address ? sat_hub_address_peer (address) : NULL;

      if (cases[i].text == NULL)
        {
          g_assert_null (address);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpint (address->kind, ==, cases[i].kind);
      g_assert_cmpstr (address->text, ==, cases[i].text);
      g_assert_cmpstr (address->host, ==, cases[i].host);
      g_assert_cmpstr (address->user, ==, cases[i].user);
      g_assert_cmpuint (address->port, ==, cases[i].port);
      g_assert_cmpstr (peer, ==, cases[i].peer);
      if (address->kind != SAT_HUB_PATH)
        g_assert_cmpstr (address->url, ==, cases[i].hub);
    }
}

/* What libgit2 gets for a path says nothing but the path. */
static void
test_path_url (void)
{
  g_autoptr (SatHubAddress) address = sat_hub_address_parse ("/srv/东 hub%:#?", NULL);
  g_autofree char *here = g_get_current_dir ();
  g_autofree char *below = g_build_filename (here, "some/hub", NULL);
  g_autoptr (SatHubAddress) relative = sat_hub_address_parse ("./some/hub", NULL);

  g_assert_cmpstr (address->url, ==, "file:///srv/%E4%B8%9C%20hub%25:%23%3F");
  g_assert_cmpstr (relative->text, ==, below);
}

static void
test_refused (void)
{
  static const char *const bad[] = {
    "",
    "file://",
    "git://host/hub",
    "ftp://host/hub",
    "ssh://",
    "ssh:///hub",
    "ssh://host",
    "ssh://host/",
    "https://host",
    "https://host/hub?x=1",
    "https://host/hub#x",
    "ssh://-oProxyCommand=x/hub",
    "-oProxyCommand=x:hub",
    "-u@host:hub",
    "host:",
    "host:--upload-pack=x",
    "ssh://host:0x/hub",
    "https://ho st/hub",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SatHubAddress) address = sat_hub_address_parse (bad[i], &error);

      g_assert_null (address);
      g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "give the path of a folder"));
    }
}

/* A password is refused, and the refusal does not repeat it. */
static void
test_password (void)
{
  static const char *const bad[] = {
    "https://wang:geheim@host/hub",
    "ssh://wang:geheim@host/hub",
    "http://wang:geheim@host/hub",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sat_hub_address_parse (bad[i], &error));
      g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
      g_assert_null (strstr (error->message, "geheim"));
    }
}

/* A name is beside the hub whatever way that is reached; all else is an address. */
static void
test_beside (void)
{
  const struct
  {
    const char *hub, *repository, *text;
  } cases[] = {
    { "/srv/crm.git", "key.git", "/srv/key.git" },
    { "/crm.git", "key", "/key" },
    { "file:///srv/h%20b/crm", "key", "/srv/h b/key" },
    { "ssh://wang@host:2222/srv/crm.git", "key.git", "ssh://wang@host:2222/srv/key.git" },
    { "https://host/team/crm.git/", "key.git", "https://host/team/key.git" },
    { "git@host:crm.git", "key.git", "git@host:key.git" },
    { "git@host:team/crm.git", "key.git", "git@host:team/key.git" },
    { "ssh://host/crm", "/srv/key.git", "/srv/key.git" },
    { "/srv/crm.git", "https://other/key.git", "https://other/key.git" },
    { "/srv/crm.git", "", NULL },
    { "/srv/crm.git", ".key", NULL },
    { "/srv/crm.git", "..", NULL },
    { "/srv/crm.git", "-key", NULL },
    { "/srv/crm.git", "a b", NULL },
    { "ssh://host/crm", "key?x", NULL },
    { "ssh://host/crm", "客户", NULL },
    { "ssh://host/crm", "ftp://host/key", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SatHubAddress) hub = sat_hub_address_parse (cases[i].hub, NULL);
      g_autoptr (SatHubAddress) address = sat_hub_address_beside (hub, cases[i].repository, &error);

      g_assert_cmpstr (address ? address->text : NULL, ==, cases[i].text);
      if (address == NULL)
        g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
    }
}

static void
test_same_server (void)
{
  const struct
  {
    const char *one, *other;
    gboolean same;
  } cases[] = {
    { "ssh://host/a", "ssh://HOST:22/b", TRUE },
    { "ssh://host/a", "ssh://wang@host/a", FALSE },
    { "ssh://host/a", "ssh://host:2222/a", FALSE },
    { "https://host/a", "http://host:443/a", FALSE },
    { "https://host/a", "https://other/a", FALSE },
    { "/srv/a", "/srv/b", TRUE },
    { "/srv/a", "ssh://host/a", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SatHubAddress) one = sat_hub_address_parse (cases[i].one, NULL);
      g_autoptr (SatHubAddress) other = sat_hub_address_parse (cases[i].other, NULL);

      g_autofree char *first = sat_hub_address_server (one);
      g_autofree char *second = sat_hub_address_server (other);

      g_assert_cmpint (g_str_equal (first, second), ==, cases[i].same);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/hub-address/kinds", test_kinds);
  g_test_add_func ("/sync/hub-address/path-url", test_path_url);
  g_test_add_func ("/sync/hub-address/refused", test_refused);
  g_test_add_func ("/sync/hub-address/password", test_password);
  g_test_add_func ("/hub-address/beside", test_beside);
  g_test_add_func ("/hub-address/same-server", test_same_server);
  return g_test_run ();
}
