"""Makes documents with topics from a dictionary; part of make.py.

A document is a noun with at least four kinds of it: its words and its gloss
and those of up to 40 of its kinds. The topic is the lexicographers' file in
which the noun stands.
"""

import collections
import contextlib
import hashlib
import io
import re
import subprocess
import sys
import tarfile

APT = ["wordnet-base"]
ARCHIVE = "wordnet-base_*.deb"
FILE = "./usr/share/wordnet/data.noun"
SHA256 = "fea17d2f9656611334eac790e5d69e47645fa180c4aa481fb4cd9b3520754ca2"

# Numbers of the lexicographers' files.
TOPICS = {
    5: "animal", 6: "artifact", 7: "attribute", 8: "body",
    10: "communication", 13: "food", 18: "person", 20: "plant",
    26: "state", 27: "substance",
}
LEAST, MOST, WORDS = 4, 40, 2000

# Words that say nothing about a topic.
STOP = set("""
a about above after against all also an and another any are as at be because
been before being between both but by can cannot could did do does done down
during each either etc especially few first for from further had has have
having he her here hers him his how i if in including into is it its itself
just kind made make makes many may me more most much my no nor not of off
often on once one only or other others our out over own part same several she
should similar so some such than that the their them themselves then there
these they this those through to too two type under until up upon use used
uses using usually various very was we well were what when where which while
who whom whose why will with within without would you your
""".split())


@contextlib.contextmanager
def debian(path):
    """The files of a Debian package."""
    done = subprocess.run(["dpkg-deb", "--fsys-tarfile", path], check=True,
                          stdout=subprocess.PIPE)
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        yield archive


def files(folder):
    """The vocabulary in the first line, then one line for each document:
    the number of its topic and word:count, words counted from 0."""
    [package] = folder.glob(ARCHIVE)
    with debian(package) as archive:
        content = archive.extractfile(FILE).read()
    if hashlib.sha256(content).hexdigest() != SHA256:
        sys.exit(f"{FILE} has another checksum")
    nouns = dict(map(noun, (line for line in content.decode().splitlines()
                            if not line.startswith("  "))))
    documents = []
    for place in sorted(nouns):
        topic, _, kinds = nouns[place]
        if topic in TOPICS and len(kinds) >= LEAST:
            texts = [nouns[p][1] for p in [place, *kinds[:MOST]]]
            documents.append((topic, collections.Counter(
                word for text in texts for word in words(text))))
    found = collections.Counter()
    for _, counts in documents:
        found.update(counts.keys())
    order = sorted(found, key=lambda word: (-found[word], word))[:WORDS]
    number = {word: i for i, word in enumerate(sorted(order))}
    topics = {topic: i for i, topic in enumerate(TOPICS)}
    lines = [" ".join(number)]
    for topic, counts in documents:
        pairs = sorted((number[word], count)
                       for word, count in counts.items() if word in number)
        lines.append(" ".join([str(topics[topic])]
                              + [f"{i}:{count}" for i, count in pairs]))
    return {"documents.txt.gz": ("\n".join(lines) + "\n").encode("ascii")}


def noun(line):
    """The place of a noun; its topic, its text, the places of its kinds."""
    head, gloss = line.split("|", 1)
    fields = head.split()
    count = int(fields[3], 16)
    names = [name.replace("_", " ") for name in fields[4:4 + 2 * count:2]]
    rest = fields[4 + 2 * count:]
    pointers = [rest[i:i + 4] for i in range(1, 1 + 4 * int(rest[0]), 4)]
    kinds = [int(place) for sign, place, _, _ in pointers if sign == "~"]
    text = " ".join([*names, gloss])
    return int(fields[0]), (int(fields[1]), text, kinds)


def words(text):
    """Words of three letters or more that are not in the list above."""
    return [word for word in re.findall("[a-z]+", text.lower())
            if len(word) >= 3 and word not in STOP]
