// TypeScript that Node cannot run by leaving types out.
enum Colour {
  Red = 7,
}

export const red: Colour = Colour.Red;
