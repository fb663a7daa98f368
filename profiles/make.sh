#!/bin/sh
# Makes the colour profiles of this folder anew from measurements.
#
#   apt-get install argyll icc-profiles-free python3
#   profiles/make.sh FOLDER
#
# FOLDER holds FOGRA39L.ti3, FOGRA29L.ti3 and TR006.ti3, as icc-profiles-free 2.0.1
# installs them in /usr/share/color/icc.  Made with Argyll 2.3.1; another version may
# give other bytes, then README.md gets the new checksums.
set -eu
from=$(cd "$1" && pwd)
to=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

# -q m, -b m: medium tables both ways, under 400 kB.
# -k r: black begins with the mid-tones.  -l 280: most ink on one spot, in percent.
# -n c: without the measurements, which would double the size.
profile() {
    cp "$from/$2.ti3" "$work/$1.ti3"
    colprof -q m -b m -k r -l 280 -n c -D "$3" -C "$4" -O "$work/$1.icc" "$work/$1"
    # The header holds the time at which a profile was made (ICC.1, 7.2.1, bytes 24
    # to 35): fixed, so that equal measurements give equal bytes.
    python3 -c '
import struct, sys
data = bytearray(open(sys.argv[1], "rb").read())
data[24:36] = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
open(sys.argv[2], "wb").write(data)
' "$work/$1.icc" "$to/$1.icc"
}

zlib="Measured by Fogra, www.fogra.org; data zlib licence, K.-U. Behrmann; see README"
profile fogra39 FOGRA39L "FOGRA39 coated, ISO 12647-2 paper type 1 or 2" "$zlib"
profile fogra29 FOGRA29L "FOGRA29 uncoated, ISO 12647-2 paper type 4" "$zlib"
profile tr006 TR006 "CGATS TR 006 coated, GRACoL 2006 grade 1" \
    "Characterization data: ANSI CGATS/GRACoL TR 006-2007, copyright 2007 NPES"

cd "$to" && sha256sum fogra29.icc fogra39.icc tr006.icc
