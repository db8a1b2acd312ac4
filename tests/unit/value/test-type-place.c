/* SPDX-License-Identifier: GPL-3.0-or-later */
/* place: the spellings people have for one, how it is kept, and how far two are apart. */
#include "core/value/sat-place.h"

#include <math.h>
#include <string.h>

#include "value-cases.h"

#define MUNICH "48.137000,11.575000"

static void
test_accepts (void)
{
  static const Accepted cases[] = {
    { "", NULL },
    { " \n", NULL },
    { MUNICH, MUNICH },
    { "48.137, 11.575", MUNICH },
    { "48.137 11.575", MUNICH },
    { "+48.137;+11.575", MUNICH },
    { "４８．１３７，１１．５７５", MUNICH },
    { "48.137N 11.575E", MUNICH },
    { "N 48.137 E 11.575", MUNICH },
    { "11.575 E, 48.137 N", MUNICH },
    { "48.137°N, 11.575°O", MUNICH },
    { "北纬48.137 东经11.575", MUNICH },
    { "东经11.575度，北纬48.137度", MUNICH },
    { "geo:48.137,11.575", MUNICH },
    { "GEO:48.137,11.575,519;u=35", MUNICH },
    { "48°8'13.2\"N 11°34'30\"E", MUNICH },
    { "48°08′13.2″N, 11°34′30″E", MUNICH },
    { "北纬48度8分13.2秒，东经11度34分30秒", MUNICH },
    { "33.8568 S, 151.2153 E", "-33.856800,151.215300" },
    { "-33.8568, 151.2153", "-33.856800,151.215300" },
    { "40.7 N 74 W", "40.700000,-74.000000" },
    { "0,0", "0.000000,0.000000" },
    { "-0,-0", "0.000000,0.000000" },
    { "-0.0000004, 0", "0.000000,0.000000" },
    { "0.0000005, -0.5", "0.000001,-0.500000" },
    { "90, -180", "90.000000,180.000000" },
    { "-90, 180", "-90.000000,180.000000" },
  };

  check_accepts (SAT_TYPE_PLACE, NULL, cases, G_N_ELEMENTS (cases));
}

static void
test_refuses (void)
{
  CHECK_REFUSES (SAT_TYPE_PLACE, NULL, "48.137", "Munich", "48,137 11,575", "48.137, 11.575, 3",
                 "48.137, 11.575 x", "48.137 N, 11.575 N", "N48.137N 11.575", "1e1, 2", "0x10, 2",
                 "nan, nan", "inf 1", ".5, 1", "1..2, 3", "48°61'0\"N 11°0'0\"E", "geo:", "geo:1",
                 "48 137, 11", "-N 5, 3", "\xff", ", ", "99999999999999999999999999 1", "1--2");
  CHECK_NOT_CANONICAL (SAT_TYPE_PLACE, "", "48.137,11.575", "48.1370000,11.575000",
                       "048.137000,11.575000", "48.137000, 11.575000", "-0.000000,0.000000",
                       "48.137000,-180.000000", "91.000000,0.000000", "+48.137000,11.575000",
                       MUNICH "0", MUNICH " ", "48137000,11575000", ".000000,0.000000");
}

static void
assert_message (const char *input, const char *part)
{
  g_autofree char *out = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (sat_type_get (SAT_TYPE_PLACE)->parse (NULL, input, &out, &error));
  g_assert_nonnull (strstr (error->message, part));
}

/* Which number is wrong, and what was expected. */
static void
test_messages (void)
{
  assert_message ("121.47, 31.23", "the other way round");
  assert_message ("31.23, 181", "the second number");
  assert_message ("here", "such as 48.137, 11.575");
}

/* The cell orders from south to north, and keeps every place. */
static void
test_key (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  SatPlace before = { 0 };

  for (guint i = 0; i < 20000; i++)
    {
      SatPlace place, found;
      char text[SAT_PLACE_TEXT_SIZE];

      g_assert_true (sat_place_set (
          &place, g_rand_int_range (rand, -90 * SAT_PLACE_DEGREE, 90 * SAT_PLACE_DEGREE + 1),
          g_rand_int_range (rand, -180 * SAT_PLACE_DEGREE, 180 * SAT_PLACE_DEGREE + 1)));
      g_assert_true (sat_place_from_key (sat_place_to_key (&place), &found));
      g_assert_cmpint (found.latitude, ==, place.latitude);
      g_assert_cmpint (found.longitude, ==, place.longitude);
      sat_place_format (&place, text);
      g_assert_true (sat_place_read (text, strlen (text), &found));
      g_assert_cmpint (found.longitude, ==, place.longitude);
      if (place.latitude != before.latitude)
        g_assert_true ((place.latitude > before.latitude) ==
                       (sat_place_to_key (&place) > sat_place_to_key (&before)));
      before = place;
    }
  g_assert_false (sat_place_from_key (-1, &before));
  g_assert_false (sat_place_from_key (G_MAXINT64, &before));
  g_assert_false (sat_place_from_key (361 * G_GINT64_CONSTANT (1000000), &before));
}

static void
assert_distance (double a, double b, double c, double d, double km)
{
  SatPlace from, to;

  g_assert_true (
      sat_place_set (&from, llround (a * SAT_PLACE_DEGREE), llround (b * SAT_PLACE_DEGREE)));
  g_assert_true (
      sat_place_set (&to, llround (c * SAT_PLACE_DEGREE), llround (d * SAT_PLACE_DEGREE)));
  g_assert_cmpfloat_with_epsilon (sat_place_distance (&from, &to), km, 0.0001);
  g_assert_cmpfloat_with_epsilon (sat_place_distance (&to, &from), km, 0.0001);
}

/* By hand: a degree of a great circle is 6371.0088 km * pi / 180 = 111.195080 km. */
static void
test_distance (void)
{
  assert_distance (0, 0, 0, 0, 0);
  assert_distance (0, 0, 1, 0, 111.195080);
  assert_distance (0, 179.5, 0, -179.5, 111.195080);
  assert_distance (0, 0, 0, 180, 20015.114442);
  assert_distance (90, 0, -90, 77, 20015.114442);
  assert_distance (60, 0, 60, 180, 60 * 111.195080);
  assert_distance (48.137, 11.575, 52.52, 13.405, 504.338596);
  assert_distance (31.23, 121.47, 39.9042, 116.4074, 1067.209408);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value/place/accepts", test_accepts);
  g_test_add_func ("/value/place/refuses", test_refuses);
  g_test_add_func ("/value/place/messages", test_messages);
  g_test_add_func ("/value/place/key", test_key);
  g_test_add_func ("/value/place/distance", test_distance);
  return g_test_run ();
}
