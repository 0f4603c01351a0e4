//! SHA-256 (FIPS 180-4), enough of it to compare files with checksums.

/// The digest of these bytes in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    let k = constants(64, 3);
    let mut state: Vec<u32> = constants(8, 2);
    let mut padded = bytes.to_vec();
    padded.push(0x80);
    while padded.len() % 64 != 56 {
        padded.push(0);
    }
    padded.extend((bytes.len() as u64 * 8).to_be_bytes());
    for block in padded.chunks(64) {
        mix(&mut state, block, &k);
    }
    state.iter().map(|word| format!("{word:08x}")).collect()
}

fn mix(state: &mut [u32], block: &[u8], k: &[u32]) {
    let mut w: Vec<u32> = block
        .chunks(4)
        .map(|four| u32::from_be_bytes(four.try_into().unwrap()))
        .collect();
    for i in 16..64 {
        let (a, b) = (w[i - 15], w[i - 2]);
        let s0 = a.rotate_right(7) ^ a.rotate_right(18) ^ (a >> 3);
        let s1 = b.rotate_right(17) ^ b.rotate_right(19) ^ (b >> 10);
        let sum = [w[i - 16], s0, w[i - 7], s1];
        w.push(sum.into_iter().fold(0, u32::wrapping_add));
    }
    let mut v = state.to_vec();
    for (w, k) in w.iter().zip(k) {
        let (a, e) = (v[0], v[4]);
        let s1 =
            e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
        let choice = (e & v[5]) ^ (!e & v[6]);
        let t1 = [v[7], s1, choice, *k, *w];
        let t1 = t1.into_iter().fold(0, u32::wrapping_add);
        let s0 =
            a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
        let majority = (a & v[1]) ^ (a & v[2]) ^ (v[1] & v[2]);
        v.rotate_right(1);
        v[4] = v[4].wrapping_add(t1);
        v[0] = t1.wrapping_add(s0).wrapping_add(majority);
    }
    for (state, v) in state.iter_mut().zip(v) {
        *state = state.wrapping_add(v);
    }
}

/// The first 32 bits of the fractional parts of the square (2) or cube (3)
/// roots of the first primes, found in whole numbers.
fn constants(count: usize, root: u32) -> Vec<u32> {
    let primes = (2..).filter(|n| (2..*n).all(|d| n % d != 0));
    primes.take(count).map(|prime: u128| fraction(prime, root)).collect()
}

fn fraction(prime: u128, root: u32) -> u32 {
    let target = prime << (32 * root);
    let (mut low, mut high) = (0_u128, 1 << 40);
    while high - low > 1 {
        let middle = (low + high) / 2;
        let fits = middle.pow(root) <= target;
        *(if fits { &mut low } else { &mut high }) = middle;
    }
    low as u32
}

#[test]
fn the_digests_are_those_of_the_standard() {
    assert_eq!(
        sha256(b"abc"),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    let two_blocks =
        b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    assert_eq!(
        sha256(two_blocks),
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    );
}
