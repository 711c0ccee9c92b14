"""Takes from the vocabulary of schema.org what our pages use, for the test that holds their JSON-LD against it.

``python -m bench.vocabulary`` fetches the npm package schema-dts (Google, Apache-2.0: the vocabulary as TypeScript types) with ``npm pack``
and writes ``tests/golden/schema-org.json``: our types and all above them, their properties with what each may hold, and the members of
enumerations. The vocabulary itself is under CC BY-SA 3.0 (schema.org/docs/terms.html).
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

PACKAGE, VERSION = "schema-dts", "2.1.0"
SHA512 = "Y/NvOvuJUZwrm+EmNqJF3M+bRufERJs1h5GJPLilUuK5D5b53ttU+XZgIjEFaAVRToh+ib+cQawFmxKC5Jt9ow=="
GOLDEN = Path(__file__).resolve().parent.parent / "tests" / "golden" / "schema-org.json"
TYPES = (
    "AdministrativeArea",
    "Airport",
    "Answer",
    "BreadcrumbList",
    "ContactPoint",
    "DataCatalog",
    "DataDownload",
    "Dataset",
    "Dentist",
    "FAQPage",
    "Festival",
    "GeoCoordinates",
    "Hospital",
    "ListItem",
    "MedicalClinic",
    "MedicalOrganization",
    "Museum",
    "OpeningHoursSpecification",
    "Organization",
    "Place",
    "Question",
    "Schedule",
    "WebSite",
)
"""The types that pages use."""
ENUMERATIONS = ("DayOfWeek", "MedicalSpecialty")


def extract(types: str) -> dict[str, Any]:
    """What we use of the vocabulary, from ``schema.d.ts``."""
    parents: dict[str, list[str]] = {}
    properties: dict[str, dict[str, list[str]]] = {}
    for match in re.finditer(r"^(?:export )?interface (\w+?)(Base|Leaf) extends ([^{]+)\{\n(.*?)^\}", types, re.MULTILINE | re.DOTALL):
        name, form, above, body = match.groups()
        if form == "Leaf" and f"{name}Base" in above:
            continue
        parents[name] = sorted({one.removesuffix("Base") for one in re.findall(r"\w+Base", above)})
        properties[name] = {
            key: sorted(set(re.findall(r"\w+", held)) - {"IdReference"})
            for key, held in re.findall(r'^    "(\w+)"\?: SchemaValue<(.+), "\w+">;$', body, re.MULTILINE)
        }
    used: set[str] = set()
    waiting = list(TYPES)
    while waiting:
        name = waiting.pop()
        used.add(name)
        waiting += [one for one in parents[name] if one not in used]
    members = {}
    for name in ENUMERATIONS:
        line = re.search(rf"^export type {name} = (.*);$", types, re.MULTILINE)
        assert line is not None
        members[name] = sorted(re.findall(r'"https://schema\.org/(\w+)"', line[1]))
    return {
        "from": f"{PACKAGE} {VERSION} (Apache-2.0), made from the vocabulary of schema.org (CC BY-SA 3.0) by bench/vocabulary.py",
        "parents": {name: parents[name] for name in sorted(used)},
        "properties": {name: dict(sorted(properties[name].items())) for name in sorted(used)},
        "members": members,
    }


def fetched(folder: Path) -> str:
    """The types of the package, fetched into a folder and compared with the hash above."""
    subprocess.run(["npm", "pack", "--silent", f"{PACKAGE}@{VERSION}"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    packed = (folder / f"{PACKAGE}-{VERSION}.tgz").read_bytes()
    if base64.b64encode(hashlib.sha512(packed).digest()).decode() != SHA512:
        sys.exit(f"{PACKAGE} {VERSION} is not the package that was read when this was written")
    with tarfile.open(folder / f"{PACKAGE}-{VERSION}.tgz") as archive:
        member = archive.extractfile("package/dist/schema.d.ts")
        assert member is not None
        return member.read().decode("utf-8")


def main() -> None:
    """Writes the extract."""
    with tempfile.TemporaryDirectory() as folder:
        found = extract(fetched(Path(folder)))
    lines = json.dumps(found, ensure_ascii=False, indent=1)
    GOLDEN.write_text(
        re.sub(r"\[\n\s+([^\]]*?)\n\s+\]", lambda match: f"[{re.sub(chr(10) + ' +', ' ', match[1])}]", lines) + "\n", encoding="utf-8"
    )
    print(f"{GOLDEN.name}: {len(found['parents'])} types, {sum(map(len, found['properties'].values()))} properties")


if __name__ == "__main__":
    main()
