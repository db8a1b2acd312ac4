/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk-app/window/sat-page.h"

G_DEFINE_INTERFACE (SatPage, sat_page, GTK_TYPE_WIDGET)

static void
sat_page_default_init (SatPageInterface *iface)
{
}

const char *
sat_page_get_title (SatPage *self)
{
  return SAT_PAGE_GET_IFACE (self)->get_title (self);
}

const SatObject *
sat_page_get_object (SatPage *self)
{
  SatPageInterface *iface = SAT_PAGE_GET_IFACE (self);

  return iface->get_object != NULL ? iface->get_object (self) : NULL;
}

void
sat_page_set_folded (SatPage *self, gboolean folded)
{
  SatPageInterface *iface = SAT_PAGE_GET_IFACE (self);

  if (iface->set_folded != NULL)
    iface->set_folded (self, folded);
}

void
sat_page_search (SatPage *self)
{
  SatPageInterface *iface = SAT_PAGE_GET_IFACE (self);

  if (iface->search != NULL)
    iface->search (self);
}

void
sat_page_save (SatPage *self)
{
  SatPageInterface *iface = SAT_PAGE_GET_IFACE (self);

  if (iface->save != NULL)
    iface->save (self);
}

gboolean
sat_page_escape (SatPage *self)
{
  SatPageInterface *iface = SAT_PAGE_GET_IFACE (self);

  return iface->escape != NULL && iface->escape (self);
}

void
sat_page_remove (SatPage *self)
{
  SatPageInterface *iface = SAT_PAGE_GET_IFACE (self);

  if (iface->remove != NULL)
    iface->remove (self);
}

gboolean
sat_page_is_dirty (SatPage *self)
{
  SatPageInterface *iface = SAT_PAGE_GET_IFACE (self);

  return iface->is_dirty != NULL && iface->is_dirty (self);
}
