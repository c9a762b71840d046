// Blind RSA signatures as RFC 9474 says: RSABSSA-SHA384-PSS-Randomized, e = 65537. Values are Uint8Array, big-endian.
// The browser prepares a message (its first 32 random bytes are the paper's serial), blinds it, has it signed, and takes
// the blinding off: the signer cannot recognise what comes out. Needs crypto.subtle, so a secure context.
const E = 65537n;
const HASH = 48;

const toInt = (bytes) => BigInt(`0x${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`);
const toBytes = (value, length) => Uint8Array.from(value.toString(16).padStart(2 * length, "0").match(/../g), (pair) => parseInt(pair, 16));
const join = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
const xor = (one, other) => one.map((byte, at) => byte ^ other[at]);
const sha384 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-384", join(...parts)));
const random = (length) => crypto.getRandomValues(new Uint8Array(length));

const powerE = (value, n) => {
  let power = value;
  for (let bit = 0; bit < 16; bit += 1) power = power * power % n;
  return power * value % n;
};

const inverseOf = (value, n) => {
  let [r, next, t, nextT] = [n, value % n, 0n, 1n];
  while (next) {
    const times = r / next;
    [r, next, t, nextT] = [next, r - times * next, nextT, t - times * nextT];
  }
  if (r !== 1n) throw new Error("not invertible");
  return (t + n) % n;
};

const randomBelow = (n, length) => {
  for (;;) {
    const value = toInt(random(length));
    if (value > 1n && value < n) return value;
  }
};

const mask = async (seed, length) => {
  const blocks = [];
  for (let count = 0; count * HASH < length; count += 1) blocks.push(await sha384(seed, toBytes(BigInt(count), 4)));
  return join(...blocks).slice(0, length);
};

// EMSA-PSS of RFC 8017: one bit shorter than the modulus, whose length is a multiple of 8 bits.
const encode = async (text, length, salt) => {
  const digest = await sha384(new Uint8Array(8), await sha384(text), salt);
  const block = join(new Uint8Array(length - salt.length - HASH - 2), [1], salt);
  const masked = xor(block, await mask(digest, block.length));
  masked[0] &= 0x7f;
  return join(masked, digest, [0xbc]);
};

export const prepare = (message, serial = random(32)) => join(serial, message);

export const blind = async (modulus, text, { salt = random(HASH), r } = {}) => {
  const [n, length] = [toInt(modulus), modulus.length];
  const encoded = toInt(await encode(text, length, salt));
  const factor = r ? toInt(r) : randomBelow(n, length);
  inverseOf(encoded, n);
  return { blinded: toBytes(encoded * powerE(factor, n) % n, length), inverse: toBytes(inverseOf(factor, n), length) };
};

export const verify = async (modulus, text, signature) => {
  const [n, length] = [toInt(modulus), modulus.length];
  if (signature.length !== length || toInt(signature) >= n) return false;
  const encoded = toBytes(powerE(toInt(signature), n), length);
  const digest = encoded.slice(-HASH - 1, -1);
  const block = xor(encoded.slice(0, -HASH - 1), await mask(digest, length - HASH - 1));
  const same = await encode(text, length, block.slice(-HASH));
  return same.every((byte, at) => byte === encoded[at]);
};

export const finalize = async (modulus, text, blindSignature, inverse) => {
  const n = toInt(modulus);
  const signature = toBytes(toInt(blindSignature) * toInt(inverse) % n, modulus.length);
  if (blindSignature.length !== modulus.length || !await verify(modulus, text, signature)) throw new Error("not a signature of this text");
  return signature;
};
