# SPDX-License-Identifier: GPL-3.0-or-later
# Makes sat-han-table.h from Unicode's Unihan_Readings.txt and Unihan_Variants.txt, one after the
# other on standard input: the syllables that there are, and for each character from U+3400 on its
# usual readings, its rarer ones, and its simplified form. Any POSIX awk; bytes, not characters.

function number (hex,  i, n) {
  for (i = 1; i <= length (hex); i++)
    n = n * 16 + index ("0123456789ABCDEF", substr (hex, i, 1)) - 1
  return n
}

# "zhòng" -> "zhong"; "lǚ" -> "lv", as input methods have it.
function plain (s) {
  gsub (/ā|á|ǎ|à/, "a", s); gsub (/ē|é|ě|è|ê̄|ế|ê̌|ề|ê/, "e", s); gsub (/ī|í|ǐ|ì/, "i", s)
  gsub (/ō|ó|ǒ|ò/, "o", s); gsub (/ū|ú|ǔ|ù/, "u", s); gsub (/ǖ|ǘ|ǚ|ǜ|ü/, "v", s)
  gsub (/ń|ň|ǹ/, "n", s); gsub (/ḿ/, "m", s)
  return s ~ /^[a-z]+$/ ? s : ""
}

# Puts READING behind those of WHICH (usual or rare) of the character C, each once, two at most.
function add (c, which, reading,  s) {
  s = plain (reading)
  if (s == "" || index (" " usual[c] " " rare[c] " ", " " s " ") > 0)
    return
  if (which == "usual" && count[c]++ < 2)
    usual[c] = usual[c] (usual[c] == "" ? "" : " ") s
  else if (rares[c]++ < 2)
    rare[c] = rare[c] (rare[c] == "" ? "" : " ") s
}

# The form that C is written in on the mainland; 0: itself, or one of several, itself among them.
function simplified (c,  forms, m, i, to, step) {
  for (step = 0; step < 3; step++) {
    m = split (value["kSimplifiedVariant", c], forms, " ")
    to = m > 0 ? number(substr (forms[1], 3)) : 0
    for (i = 1; i <= m; i++)
      if (number(substr (forms[i], 3)) == c)
        to = 0
    if (to < first || to > last)
      return step == 0 ? 0 : c
    c = to
  }
  return c
}

BEGIN { FS = "\t"; first = number ("3400"); last = number ("9FFF") }

$2 == "kMandarin" || $2 == "kHanyuPinlu" || $2 == "kXHC1983" || $2 == "kSimplifiedVariant" {
  c = number (substr ($1, 3))
  if (c >= first && c <= last)
    value[$2, c] = $3
}

END {
  for (c = first; c <= last; c++) {
    n = split (value["kHanyuPinlu", c], found, " ")
    total = 0
    for (i = 1; i <= n; i++) {
      often[i] = found[i]; sub (/.*\(/, "", often[i]); total += often[i] + 0
    }
    n_mandarin = split (value["kMandarin", c], mandarin, " ")
    for (i = 1; i <= n_mandarin; i++)
      add(c, "usual", mandarin[i])
    for (i = 1; i <= n; i++) {
      reading = found[i]; sub (/\(.*/, "", reading)
      add(c, (often[i] + 0) * 20 >= total ? "usual" : "rare", reading)
    }
    n = split (value["kXHC1983", c], found, " ")
    for (i = 1; i <= n; i++) {
      reading = found[i]; sub (/.*:/, "", reading)
      add(c, "rare", reading)
    }
  }
  print "/* Made by core/base/han-table.awk from Unicode's Unihan database. */"
  print "const char sat_han_syllables[][8] = { \"\","
  n = 0
  for (c = first; c <= last; c++) {
    m = split (usual[c] " " rare[c], all, " ")
    for (i = 1; i <= m; i++)
      if (!(all[i] in at)) {
        at[all[i]] = ++n
        printf "  \"%s\",\n", all[i]
      }
  }
  print "};"
  print "const SatHanEntry sat_han_entries[] = {"
  for (c = first; c <= last; c++) {
    u = split (usual[c], a, " "); r = split (rare[c], b, " ")
    printf "  { { %d, %d }, { %d, %d }, %d },\n", (u > 0 ? at[a[1]] : 0), (u > 1 ? at[a[2]] : 0), (r > 0 ? at[b[1]] : 0), (r > 1 ? at[b[2]] : 0), simplified (c)
  }
  print "};"
}
