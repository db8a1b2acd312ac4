#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""random-traces.py MODEL_DIR DRIVER FROM COUNT [moves] [absorbing] [checkpoints] [revoke]: random traces of
the merge model, played by the model and by the driver on real replicas, which must print the same. With `moves`
records go to and fro between three books, with `absorbing` many are absorbed into others, with `checkpoints`
they are made and joined, history is dropped, and the hub is lost; with `revoke` devices are revoked.

random-traces.py MODEL_DIR DRIVER TRACE: the same with one trace from a file, its steps that are built.

Left out of a trace are the steps that are not built yet (the driver's list). Where the model is freer than
the product, it is narrowed here to the product's choice, which changes no rule:
 - one stamp a transaction (a step), in milliseconds and counter, the clock never before 1970;
 - the operations of a change-set ordered by record, and a crash between two records, not inside one (so
   what is left of a budget too small for the next record is not used); a second crash goes on where the
   first one was;
 - what is open is sealed before anything is looked for to apply, found or not;
 - records are carried over one after another, each between all books before the next, and what is
   grafted in one go shares change-sets, as long as no record is twice in one and no write is with it;
 - of a record that is at home in two books the live one is meant;
 - a replica forgets change-sets, but no values; it hears the times of what it joins;
 - after each change-set the first branch that has one that is ready is gone on with;
 - a revocation is sealed at once, alone; who has built on a revoked device's change-set is told by
   the next change-set of a branch, not by later ones; after applying, what has to be vouched for is.
"""
import copy
import os
import random
import re
import subprocess
import sys
import tempfile

LATER = re.compile(r'^(restore|backup|clone|erase)\b')
REVOKE = re.compile(r'^revoke\b')
CHECKPOINTS = re.compile(r'^(checkpoint|join|epoch|forget|refill|losehub)\b')


def load_model(folder):
    sys.dont_write_bytecode = True
    sys.path.insert(0, folder)
    import gen
    import model
    return gen, model


def narrowed_replica(model):
    class Replica(model.Replica):
        def __init__(self, world, dev, books):
            super().__init__(world, dev, books)
            self.stamped, self.done, self.died = None, 0, False

        def clock(self):
            return max(0, self.world.now + self.skew)

        def tick(self):
            if self.stamped == self.world.now:
                return self.last
            self.stamped = self.world.now
            if self.last >> 16 > self.clock() + model.BOUND:
                self.last = self.clock() << 16
            self.last = max(self.clock() << 16, self.last + 1)
            return self.last

        def hear(self, hlc):
            if hlc >> 16 <= self.clock() + model.BOUND:
                self.last = max(self.last, hlc)

        def new(self, book, rid, fields, auto=False):
            if not auto:
                super().new(book, rid, fields)
                return
            plain, self.write_plain = self.write, self.write

            def write(*args, hlc=None, **kwargs):
                plain(*args, hlc=1 << 16, **kwargs)
            self.write = write
            try:
                super().new(book, rid, fields, auto)
            finally:
                del self.write

        def forget(self, book):
            hist = copy.copy(self.books[book].hist) if book in self.books else None
            super().forget(book)
            if hist is not None:
                self.books[book].hist = hist

        def join(self, book, needed_only=False):
            st = self.books.get(book)
            if st is None:
                return
            plain = st.join

            def join(ck):
                plain(ck)
                for rec in ck.recs.values():
                    for reg in rec.regs.values():
                        for sib in reg.values():
                            self.hear(sib.hlc)
            st.join = join
            try:
                super().join(book, needed_only)
            finally:
                del st.join

        def revoke(self, dev):
            if dev == self.me or dev not in self.world.reps:
                return
            self.seal()
            super().revoke(dev)
            self.seal()

        def accepted(self, book, dev, n):
            st = self.books[book]
            if n <= st.cuts.get(dev, n):
                return True
            for (b, d), br in self.log.items():
                k = st.vec.get(d, 0) + 1
                if b == book and d not in (dev, self.me) and k in br and br[k].saw.get(dev, 0) >= n \
                        and k <= st.cuts.get(d, k):
                    return True
            return False

        def seal(self):
            for b, ops in self.open.items():
                self.open[b] = dict(sorted(ops.items()))
            super().seal()

        def where(self, rid):
            homes = [b for b in sorted(self.books) if rid in self.books[b].recs and self.books[b].here(rid)]
            live = [b for b in homes if self.books[b].own(rid, 'life') == 'live']
            return (live + homes + [None])[0]

        def forward(self):
            if self.partial:
                return
            for rid in sorted({rid for st in self.books.values() for rid in st.recs}):
                for x in sorted(self.books):
                    if rid in self.books[x].recs:
                        self.forward_from(x, rid)
            if any(op.kind == 'graft' for ops in self.open.values() for op in ops.values()):
                self.seal()

        def forward_from(self, x, rid):
            sx = self.books[x]
            others = [self.books[y] for y in sorted(self.books) if y != x]
            if sx.here(rid) and sx.own(rid, 'home') == x:
                for sy in others:
                    if rid in sy.recs and sy.here(rid):
                        self.graft(sx, sy, rid)
                        self.graft(sy, sx, rid)
                return
            links = set()
            for r in sx.chain(rid):
                links |= {s.value for s in sx.reg(r, 'home').values()}
                links |= set(sx.recs[r].ctx if r in sx.recs else ())
            for sy in others:
                if sy.book in links:
                    self.graft(sx, sy, rid)

        def graft(self, sx, sy, rid):
            rec = sx.recs[rid]
            ctx = {b: dict(v) for b, v in rec.ctx.items()}
            ctx[sx.book] = dict(sx.vec)
            if self.open[sx.book]:
                ctx[sx.book][self.me] = sx.vec.get(self.me, 0) + 1
            if not model.leq(ctx.get(sy.book, {}), sy.vec):
                return
            regs = {k: dict(r) for k, r in rec.regs.items() if r}
            test = model.State(sy.book)
            test.recs, test.vec = {rid: copy.deepcopy(sy.recs.get(rid, model.Rec()))}, sy.vec
            old = {k: set(r) for k, r in test.recs[rid].regs.items() if r}
            op = model.Op('graft', rid, 'graft/' + sx.book, (regs, ctx), None, False, (), ())
            test.apply_op(op, self.me, 0, sy.vec)
            if {k: set(r) for k, r in test.recs[rid].regs.items() if r} == old:
                return
            there = self.open[sy.book].values()
            if self.open[sx.book] or any(o.kind != 'graft' or o.rid == rid for o in there):
                self.seal()
            self.open[sy.book][rid, op.key] = op
            sy.apply_op(op, self.me, sy.vec.get(self.me, 0) + 1, sy.vec)
            self.world.grafts += 1

        def apply(self, crash_after=None):
            if crash_after is None:
                self.seal()
            progress, self.died = True, False
            while progress and not self.died:
                progress = False
                for (b, dev) in [self.partial[:2]] if self.partial else sorted(self.log):
                    while b in self.books and not self.died and self.apply_next(b, dev, crash_after):
                        progress = True
                        if crash_after is None:
                            break
                    if progress and crash_after is None:
                        break
            if crash_after is None:
                self.seal()

        def apply_next(self, b, dev, crash_after):
            st = self.books[b]
            n = st.vec.get(dev, 0) + 1
            cs = self.log[b, dev].get(n)
            if cs is None or not model.leq(cs.saw, st.vec) or not (self.partial or self.accepted(b, dev, n)):
                return False
            self.seal()
            groups = sorted({op.rid for op in cs.ops})
            start = self.done if self.partial else 0
            for i, rid in enumerate(groups[start:]):
                ops = [op for op in cs.ops if op.rid == rid]
                if crash_after is not None and len(ops) > crash_after:
                    if start + i > 0:
                        self.partial, self.done = (b, dev, n), start + i
                    self.died = True
                    return False
                crash_after = None if crash_after is None else crash_after - len(ops)
                for op in ops:
                    st.apply_op(op, dev, n, cs.saw)
                    if op.hlc:
                        self.hear(op.hlc)
            st.vec[dev] = n
            self.saws[b, dev, n] = cs.saw
            self.partial = None
            return True

    return Replica


def narrow(lines, checkpoints, revoke):
    return [line for line in lines
            if not LATER.match(line) and (checkpoints or not CHECKPOINTS.match(line))
            and (revoke or not REVOKE.match(line))
            and not (revoke and line.startswith('absorb '))]


def with_revocations(lines, seed):
    """Some of the devices are revoked, by any other, one or two of them twice."""
    rnd = random.Random(seed)
    names = [line.split()[1] for line in lines if line.startswith('replica ')]
    out = []
    for line in lines:
        out.append(line)
        if not line.startswith('replica ') and rnd.random() < .06:
            out.append(f'revoke {rnd.choice(names)} {rnd.choice(names)}')
    return out


def with_checkpoints(lines, seed):
    """More of them than the model's own traces have."""
    rnd = random.Random(seed)
    replicas = [line.split() for line in lines if line.startswith('replica ')]
    out = []
    for line in lines:
        out.append(line)
        if line.startswith('replica ') or rnd.random() > .2:
            continue
        words = rnd.choice(replicas)
        book = rnd.choice(words[2].split(','))
        out.append(rnd.choice([f'checkpoint {words[1]} {book}', f'checkpoint {words[1]} {book}',
                               f'join {words[1]} {book}', f'join {words[1]} {book}', f'epoch {book}',
                               f'forget {words[1]} {book}', 'losehub', f'refill {words[1]}']))
    return out


def with_absorbing(lines, seed):
    """Every fourth edit is followed by an absorption."""
    rnd = random.Random(seed)
    replicas = [line.split()[1] for line in lines if line.startswith('replica ')]
    records = sorted({line.split()[3] for line in lines if line.startswith('new ')})
    out = []
    for line in lines:
        out.append(line)
        if line.split()[0] in ('set', 'add', 'save', 'delete', 'line', 'sync', 'move') and rnd.random() < .25:
            out.append(f'absorb {rnd.choice(replicas)} {rnd.choice(records)} {rnd.choice(records)}')
    return out + ['settle']


def with_moves(lines, seed):
    """Every third edit is a move, between all three books; laptops hold two or three of them."""
    rnd = random.Random(seed)
    out = []
    for line in lines:
        words = line.split()
        if words[0] == 'replica':
            out.append(f'replica {words[1]} ' + rnd.choice(['A,B', 'A,C', 'B,C', 'A,B,C']))
            continue
        out.append(line)
        if words[0] in ('set', 'add', 'save', 'delete', 'new', 'line', 'sync') and rnd.random() < .33:
            who = rnd.choice([x.split()[1] for x in lines if x.startswith('replica ')])
            record = words[3] if words[0] == 'new' else words[2] if words[0] != 'sync' else 'r1'
            out.append(f'move {who} {record} {rnd.choice("ABC")}')
            if rnd.random() < .3:
                out.append(f'sync {who}')
    return out + ['settle']


def agrees(model, driver, lines, name):
    report = model.run(lines).report()
    with tempfile.TemporaryDirectory() as tmp:
        trace, expected = os.path.join(tmp, 'trace'), os.path.join(tmp, 'expected')
        with open(trace, 'w', encoding='utf-8') as f:
            f.write('\n'.join(lines) + '\n')
        with open(expected, 'w', encoding='utf-8') as f:
            f.write(report)
        run = subprocess.run([driver, trace, expected], capture_output=True, text=True, check=False)
    if run.returncode != 0:
        print(f'{name}\n{run.stderr}', file=sys.stderr)
    return run.returncode == 0


def random_lines(gen, seed, moves, absorbing, checkpoints, revoke):
    lines = narrow(gen.trace(seed), checkpoints, revoke)
    if moves:
        lines = with_moves(lines, seed)
    if absorbing:
        lines = with_absorbing(lines, seed)
    if checkpoints:
        lines = with_checkpoints(lines, seed)
    if revoke:
        lines = with_revocations(lines, seed)
    return lines


def main():
    folder, driver = sys.argv[1], sys.argv[2]
    gen, model = load_model(folder)
    model.Replica = narrowed_replica(model)
    if len(sys.argv) == 4:
        with open(sys.argv[3], encoding='utf-8') as f:
            return 0 if agrees(model, driver, narrow(f.read().splitlines(), True, True), sys.argv[3]) else 1
    first, count = int(sys.argv[3]), int(sys.argv[4])
    with_ = [word in sys.argv[5:] for word in ('moves', 'absorbing', 'checkpoints', 'revoke')]
    failed = [seed for seed in range(first, first + count)
              if not agrees(model, driver, random_lines(gen, seed, *with_), f'seed {seed}')]
    print(f'{count - len(failed)} of {count} traces agree' + (f', not {failed}' if failed else ''))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
