"""Sums up PIT's report: which share of the changes made on purpose the tests noticed.

usage: mutation.py mutations.xml [--survivors]

A change counts as noticed when a test fails, runs out of time or memory, or crashes. Dropped calls are
those of EXPERIMENTAL_NAKED_RECEIVER, which leaves out a call such as z.neg() and goes on with z. Leaving
out parallel() changes the time and no result, so these changes are not counted.
"""

import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter

HOUSE = "dev.disentangle."
DROPPED_CALL = "NakedReceiverMutator"
NO_CHANGE = "Stream::parallel with receiver"
NOTICED = {"KILLED", "TIMED_OUT", "MEMORY_ERROR", "RUN_ERROR"}


def groups(mutation):
    """The figures that a change counts for."""
    yield "all"
    yield mutation.findtext("mutatedClass").removeprefix(HOUSE).split(".")[0]
    if DROPPED_CALL in mutation.findtext("mutator"):
        yield "dropped_calls"


def survivor(mutation):
    """One line that says where a change went unnoticed and what it was."""
    place = mutation.findtext("mutatedClass").removeprefix(HOUSE)
    return (
        f"{place}:{mutation.findtext('lineNumber')} {mutation.findtext('mutatedMethod')}: "
        f"{mutation.findtext('description')} ({mutation.get('status').lower()})"
    )


def main(arguments):
    made, noticed = Counter(), Counter()
    for mutation in ElementTree.parse(arguments[0]).getroot().iter("mutation"):
        if mutation.get("status") == "NON_VIABLE" or NO_CHANGE in mutation.findtext("description"):
            continue
        told = mutation.get("status") in NOTICED
        for group in groups(mutation):
            made[group] += 1
            noticed[group] += told
        if not told and "--survivors" in arguments:
            print(survivor(mutation))
    if not made:
        sys.exit("error: the report holds no change: is there such a package?")
    for group in sorted(made, key=lambda name: (name != "all", name == "dropped_calls", name)):
        print(f"{group}: {noticed[group]} of {made[group]} changes noticed")
    for group in made:
        print(f"figure mutation.{group} {100 * noticed[group] / made[group]:.1f}")


if __name__ == "__main__":
    main(sys.argv[1:])
