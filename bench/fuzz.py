"""Coverage-guided fuzzing of what reads the input: ``make fuzz`` or ``python bench/fuzz.py loader|markdown|names [seconds]``.

What must hold, whatever comes: no error but faults, nothing slower than the limit, and in the output only what is allowed. An input that
breaks this is written to ``build/fuzz/<target>/crash-…``; it then belongs into ``tests/test_hostile_input_is_harmless.py``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["atlas", "tests.invariants", "yaml"]):
    from tests import invariants


def main() -> None:
    """Runs one target until its time is over."""
    target, seconds = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "600"
    corpus = ROOT / "build" / "fuzz" / target
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(invariants.SEEDS[target]):
        (corpus / f"seed-{number}").write_bytes(seed)
    options = [f"-max_total_time={seconds}", f"-artifact_prefix={corpus}/", "-timeout=120", "-max_len=4000", "-rss_limit_mb=3000"]
    invariants.TARGETS[target](invariants.SEEDS[target][0])  # the records of the site are read before the clock runs
    words = corpus.parent / f"{target}.dict"
    words.write_text("".join(f'"{_quoted(word)}"\n' for word in invariants.WORDS[target]), encoding="utf-8")
    atheris.Setup([sys.argv[0], str(corpus), f"-dict={words}", *options], invariants.TARGETS[target])
    atheris.Fuzz()


def _quoted(word: str) -> str:
    return "".join(
        chr(byte) if 32 <= byte < 127 and chr(byte) not in '"\\' else f"\\x{byte:02x}" for byte in word.encode("utf-8", "surrogatepass")
    )


if __name__ == "__main__":
    main()
