/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/device/sat-devices-work.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/workspace/sat-workspace-books.h"
#include "core/workspace/sat-workspace-devices.h"
#include "core/workspace/sat-workspace-enrol.h"
#include "core/workspace/sat-workspace-revoke.h"
#include "gtk-app/sat-value-text.h"

/* More rows than anybody reads; the list of all has filters. */
#define DEVICES_MOST 100
#define AHEAD_MS ((gint64) 5 * 60 * 1000)
#define DAY_MS ((gint64) 24 * 3600 * 1000)

static void
line_free (gpointer data)
{
  SatMembershipLine *line = data;

  g_free (line->title);
  g_free (line->text);
  g_free (line);
}

static void
book_free (gpointer data)
{
  SatMembershipBook *book = data;

  g_free (book->key);
  g_free (book->name);
  g_free (book);
}

void
sat_membership_free (SatMembership *access)
{
  if (access == NULL)
    return;
  g_clear_pointer (&access->waiting, g_ptr_array_unref);
  g_clear_pointer (&access->invitations, g_ptr_array_unref);
  g_clear_pointer (&access->devices, g_ptr_array_unref);
  g_clear_pointer (&access->books, g_ptr_array_unref);
  g_free (access);
}

static void
add_part (GString *text, const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
}

static char *
number_text (gint64 n)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, n);

  return sat_number_text (digits);
}

/* ---- devices ------------------------------------------------------------------------------- */

static gboolean
is_live (const SatDevice *device)
{
  return g_strcmp0 (device->state, "live") == 0;
}

static const char *
standing_text (const SatDevice *device, const char *role, gboolean is_closed)
{
  if (g_strcmp0 (device->state, "revoked") == 0)
    return _ ("Revoked");
  if (!is_live (device))
    return _ ("Retired");
  if (g_strcmp0 (role, SAT_ROLE_ADMIN) == 0)
    return _ ("Administrator");
  return is_closed && role == NULL ? _ ("Not let in") : NULL;
}

static void
add_seen (GString *text, const SatDevice *device, gint64 now_ms)
{
  g_autofree char *ago = device->last_seen_ms > 0
                             ? sat_time_ago_text (MIN (device->last_seen_ms, now_ms), now_ms)
                             : NULL;
  /* Translators: %s is a time: “5 minutes ago”. */
  g_autofree char *seen = ago != NULL ? g_strdup_printf (_ ("Seen %s"), ago)
                                      : g_strdup (_ ("Never seen"));

  add_part (text, seen);
}

/* TRUE: somebody should look at it. */
static gboolean
add_troubles (GString *text, const SatDevice *device)
{
  gboolean is_ahead = device->ahead_ms > AHEAD_MS;

  if (device->n_quarantined > 0)
    {
      g_autofree char *part = g_strdup_printf (ngettext ("%d change-set put aside",
                                                         "%d change-sets put aside",
                                                         (gulong) device->n_quarantined),
                                               (int) device->n_quarantined);

      add_part (text, part);
    }
  if (is_ahead)
    {
      g_autofree char *part = g_strdup_printf (ngettext ("Clock %d minute ahead",
                                                         "Clock %d minutes ahead",
                                                         (gulong) (device->ahead_ms / 60000)),
                                               (int) MIN (device->ahead_ms / 60000, G_MAXINT));

      add_part (text, part);
    }
  if (device->n_conflicts > 0)
    {
      g_autofree char *number = number_text (device->n_conflicts);
      g_autofree char *part = g_strdup_printf (
          ngettext ("%s conflict", "%s conflicts", (gulong) device->n_conflicts), number);

      add_part (text, part);
    }
  return device->n_quarantined > 0 || is_ahead;
}

static char *
device_title (const SatDevice *device, gboolean is_this)
{
  g_autofree char *name = device->code != NULL && *device->code != '\0'
                              ? g_strdup_printf ("%s (%s)", device->name, device->code)
                              : g_strdup (device->name);

  /* Translators: %s is the name of a laptop. */
  return is_this ? g_strdup_printf (_ ("%s: this device"), name) : g_steal_pointer (&name);
}

static SatMembershipLine *
device_line (SatWorkspace *workspace,
             const SatMembership *access,
             const SatDevice *device,
             const SatId *own)
{
  gint64 now_ms = sat_platform_now_ms (sat_workspace_platform (workspace));
  gboolean is_this = sat_id_equal (&device->id, own);
  g_autofree char *role = sat_workspace_admitted_as (workspace, &device->id);
  g_autofree char *version = device->version != NULL
                                 ? g_strdup_printf (_ ("Version %s"), device->version)
                                 : NULL;
  GString *text = g_string_new (NULL);
  SatMembershipLine *line = g_new0 (SatMembershipLine, 1);

  line->id = device->id;
  line->title = device_title (device, is_this);
  add_part (text, device->user);
  add_part (text, standing_text (device, role, access->is_closed));
  add_seen (text, device, now_ms);
  line->needs_look = is_live (device) && add_troubles (text, device);
  add_part (text, version);
  line->text = g_string_free (text, FALSE);
  line->can_act = access->is_admin && !is_this && is_live (device);
  return line;
}

static int
compare_devices (gconstpointer a, gconstpointer b)
{
  const SatDevice *x = *(SatDevice *const *) a;
  const SatDevice *y = *(SatDevice *const *) b;
  gboolean look_x = is_live (x) && (x->n_quarantined > 0 || x->ahead_ms > AHEAD_MS);
  gboolean look_y = is_live (y) && (y->n_quarantined > 0 || y->ahead_ms > AHEAD_MS);

  if (is_live (x) != is_live (y))
    return is_live (x) ? -1 : 1;
  if (look_x != look_y)
    return look_x ? -1 : 1;
  return (x->last_seen_ms < y->last_seen_ms) - (x->last_seen_ms > y->last_seen_ms);
}

static gboolean
load_devices (SatWorkspace *workspace, SatMembership *access, GError **error)
{
  g_autoptr (SatStatus) status = sat_workspace_status (workspace, error);
  g_autoptr (GPtrArray) devices = status != NULL ? sat_workspace_devices (workspace, error) : NULL;

  access->devices = g_ptr_array_new_with_free_func (line_free);
  if (devices == NULL)
    return FALSE;
  g_ptr_array_sort (devices, compare_devices);
  access->n_devices = devices->len;
  for (guint i = 0; i < MIN (devices->len, DEVICES_MOST); i++)
    g_ptr_array_add (access->devices,
                     device_line (workspace, access, devices->pdata[i], &status->device_id));
  return TRUE;
}

/* ---- invitations --------------------------------------------------------------------------- */

/* Without company, which every device has. */
static char *
books_text (SatWorkspace *workspace, char **books)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; books != NULL && books[i] != NULL; i++)
    {
      g_autofree char *name = sat_workspace_book_name (workspace, books[i]);

      if (strcmp (books[i], "company") != 0)
        g_string_append_printf (text, "%s%s", text->len > 0 ? C_ ("between tags", ", ") : "", name);
    }
  return g_string_free (text, FALSE);
}

static const char *
role_text (SatWorkspace *workspace, const char *role)
{
  const SatObject *user = sat_workspace_object (workspace, "user", NULL);
  const SatField *field = user != NULL ? sat_object_find (user, "role") : NULL;

  return field != NULL ? sat_choice_text (field, role) : role;
}

static char *
fate_text (const SatInvitation *invitation, gint64 now_ms)
{
  guint n = invitation->devices->len;
  /* One just made for three days ends in three. */
  gint64 days = (invitation->expires_ms - now_ms + DAY_MS / 2) / DAY_MS;

  if (invitation->withdrawn && n == 0)
    return g_strdup (_ ("Withdrawn"));
  if (invitation->withdrawn)
    return g_strdup (_ ("Taken up although it was withdrawn"));
  if (n > 1)
    return g_strdup_printf (_ ("Taken up by %u devices"), n);
  return days > 1 ? g_strdup_printf (ngettext ("Ends in %d day", "Ends in %d days", (gulong) days),
                                     (int) days)
                  : g_strdup (_ ("Ends today"));
}

static void
add_invitation (SatWorkspace *workspace, SatMembership *access, const SatInvitation *invitation)
{
  gint64 now_ms = sat_platform_now_ms (sat_workspace_platform (workspace));
  guint n = invitation->devices->len;
  g_autofree char *books = books_text (workspace, invitation->books);
  g_autofree char *fate = fate_text (invitation, now_ms);
  GString *text;
  SatMembershipLine *line;

  /* One that was taken up as it should be, or that nobody can take up any more, is history. */
  if (n == 0 ? invitation->expires_ms < now_ms : n == 1 && !invitation->withdrawn)
    return;
  text = g_string_new (NULL);
  line = g_new0 (SatMembershipLine, 1);
  line->id = invitation->id;
  line->title = g_strdup (invitation->login);
  add_part (text, role_text (workspace, invitation->role));
  add_part (text, *books != '\0' ? books : _ ("All books"));
  add_part (text, fate);
  line->text = g_string_free (text, FALSE);
  line->needs_look = n > 0;
  line->can_act = n == 0 && !invitation->withdrawn && access->is_admin;
  g_ptr_array_add (access->invitations, line);
}

static gboolean
load_invitations (SatWorkspace *workspace, SatMembership *access, GError **error)
{
  g_autoptr (GPtrArray) invitations = NULL;

  access->invitations = g_ptr_array_new_with_free_func (line_free);
  if (!access->is_closed)
    return TRUE;
  invitations = sat_workspace_invitations (workspace, error);
  for (guint i = 0; invitations != NULL && i < invitations->len; i++)
    add_invitation (workspace, access, invitations->pdata[i]);
  return invitations != NULL;
}

static gboolean
load_waiting (SatWorkspace *workspace, SatMembership *access, GError **error)
{
  g_autoptr (GPtrArray) strangers = NULL;

  access->waiting = g_ptr_array_new_with_free_func (line_free);
  if (!access->is_closed)
    return TRUE;
  strangers = sat_workspace_strangers (workspace, error);
  for (guint i = 0; strangers != NULL && i < strangers->len; i++)
    {
      const SatStranger *stranger = strangers->pdata[i];
      g_autofree char *role = sat_workspace_admitted_as (workspace, &stranger->device);
      g_autofree char *books = NULL;
      SatMembershipLine *line;
      char id[SAT_ID_TEXT_SIZE];

      /* One that was let in just now: the next sync takes in what it wrote. */
      if (role != NULL)
        continue;
      books = books_text (workspace, stranger->books);
      line = g_new0 (SatMembershipLine, 1);
      line->id = stranger->device;
      line->title = g_strdup (sat_id_format (&stranger->device, id));
      /* Translators: %s are names of books. */
      line->text = *books != '\0' ? g_strdup_printf (_ ("What it wrote waits: %s"), books)
                                  : g_strdup (_ ("What it wrote waits"));
      line->needs_look = TRUE;
      line->can_act = access->is_admin;
      g_ptr_array_add (access->waiting, line);
    }
  return strangers != NULL;
}

static gboolean
load_books (SatWorkspace *workspace, SatMembership *access, GError **error)
{
  g_autoptr (GPtrArray) books = sat_workspace_all_books (workspace, error);

  access->books = g_ptr_array_new_with_free_func (book_free);
  for (guint i = 0; books != NULL && i < books->len; i++)
    {
      const SatBook *book = books->pdata[i];
      SatMembershipBook *one;

      if (strcmp (book->key, "company") == 0)
        continue;
      one = g_new0 (SatMembershipBook, 1);
      one->key = g_strdup (book->key);
      one->name = g_strdup (book->name);
      g_ptr_array_add (access->books, one);
    }
  return books != NULL;
}

static gpointer
load (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SatMembership) access = g_new0 (SatMembership, 1);

  access->is_admin = sat_workspace_is_admin (workspace, NULL);
  access->is_closed = sat_workspace_is_closed (workspace, NULL);
  if (!load_devices (workspace, access, error) || !load_invitations (workspace, access, error) ||
      !load_waiting (workspace, access, error) ||
      (GPOINTER_TO_INT (data) && !load_books (workspace, access, error)))
    return NULL;
  return g_steal_pointer (&access);
}

void
sat_devices_work_load (SatService *service,
                       gboolean with_books,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  sat_service_read (service, load, GINT_TO_POINTER (with_books), NULL,
                    (GDestroyNotify) sat_membership_free, cancellable, callback, user_data);
}

/* ---- changing ------------------------------------------------------------------------------ */

typedef struct
{
  char *login, *role, *book; /* of an invitation to make */
  char *device;              /* that is let in, as typed; with ROLE */
  guint days;
  SatId id; /* of what is to end */
  gboolean is_device;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_free (order->login);
  g_free (order->device);
  g_free (order->role);
  g_free (order->book);
  g_free (order);
}

static gpointer
invite (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const Order *order = data;
  const char *const books[] = { order->book, NULL };
  char code[SAT_CODE_TEXT_SIZE];

  if (!sat_workspace_invite (workspace, order->login, order->role,
                             order->book != NULL ? books : NULL, order->days, code, error))
    return NULL;
  return g_strdup (code);
}

void
sat_devices_work_invite (SatService *service,
                         const char *login,
                         const char *role,
                         const char *book,
                         guint days,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  Order *order = g_new0 (Order, 1);

  order->login = g_strdup (login);
  order->role = g_strdup (role);
  order->book = g_strdup (book);
  order->days = days;
  sat_service_write (service, invite, order, order_free, g_free, NULL, callback, user_data);
}

static char *
withdraw (SatWorkspace *workspace, const char *id, GError **error)
{
  g_autoptr (GPtrArray) withdrawn = sat_workspace_withdraw (workspace, id, error);

  if (withdrawn == NULL || withdrawn->len == 0)
    return NULL;
  return g_strdup_printf (_ ("The invitation of %s is withdrawn; the next sync tells the hub"),
                          ((const SatInvitation *) withdrawn->pdata[0])->login);
}

static char *
revoke_device (SatWorkspace *workspace, const char *id, GError **error)
{
  g_auto (SatRevoked) revoked = { 0 };

  if (!sat_workspace_revoke (workspace, id, NULL, &revoked, error))
    return NULL;
  if (revoked.beyond->len > 0)
    return g_strdup_printf (_ ("“%s” is revoked in the books of this device; it holds others, too: "
                               "revoke it again where they are"),
                            revoked.name);
  return g_strdup_printf (_ ("“%s” is revoked; the next sync tells the others"), revoked.name);
}

static gpointer
end (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const Order *order = data;
  char id[SAT_ID_TEXT_SIZE];

  sat_id_format (&order->id, id);
  return order->is_device ? revoke_device (workspace, id, error) : withdraw (workspace, id, error);
}

void
sat_devices_work_end (SatService *service,
                      const SatId *id,
                      gboolean is_device,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  Order *order = g_new0 (Order, 1);

  order->id = *id;
  order->is_device = is_device;
  sat_service_write (service, end, order, order_free, g_free, NULL, callback, user_data);
}

static gpointer
admit (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const Order *order = data;
  SatId device;
  char id[SAT_ID_TEXT_SIZE];

  if (!sat_workspace_admit (workspace, order->device, order->role, &device, error))
    return NULL;
  return g_strdup_printf (_ ("%s is let in; the next sync tells the others"),
                          sat_id_format (&device, id));
}

void
sat_devices_work_admit (SatService *service,
                        const char *device,
                        const char *role,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  Order *order = g_new0 (Order, 1);

  order->device = g_strdup (device);
  order->role = g_strdup (role);
  sat_service_write (service, admit, order, order_free, g_free, NULL, callback, user_data);
}
