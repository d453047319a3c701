/**
 * Whether digits end in their check digit (ISO/IEC 7812-1, annex B, known as Luhn).
 *
 * @param digits ASCII digits only
 */
export function passesLuhn(digits: string): boolean {
  return digits.length > 0 && luhnSum(digits) % 10 === 0;
}

function luhnSum(digits: string): number {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const doubled = index % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum;
}
