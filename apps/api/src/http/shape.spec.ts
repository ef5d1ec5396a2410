import 'reflect-metadata';
import { TextField } from './fields';
import { RequestValidation } from './request-validation';
import { Shaped } from './shape';

@Shaped({ additionalProperties: true })
class OpenForm {
  @TextField({ description: 'What is read' })
  read!: string;
}

@Shaped({ minProperties: 1 })
class Change {
  @TextField({ description: 'May change', optional: true })
  name?: string;
}

const validate = (metatype: new () => object, value: object): unknown =>
  new RequestValidation().transform(value, { type: 'body', metatype });
const refusal = (metatype: new () => object, value: object): unknown => {
  try {
    return validate(metatype, value);
  } catch (error) {
    return error;
  }
};

describe('the shape of a class', () => {
  it('lets fields through that it does not name, unread, and checks those that it names', () => {
    expect(validate(OpenForm, { read: 'a', other: 1 })).toEqual({ read: 'a' });
    expect(refusal(OpenForm, { read: 1, other: 1 })).toMatchObject({
      problems: [{ field: 'read', code: 'invalid_field' }],
    });
  });

  it('asks for as many fields as it says', () => {
    expect(validate(Change, { name: 'a' })).toEqual({ name: 'a' });
    expect(refusal(Change, {})).toMatchObject({
      problems: [{ field: 'body', code: 'invalid_field' }],
    });
    expect(refusal(Change, { other: 1 })).toMatchObject({
      problems: [{ field: 'other', code: 'unknown_field' }],
    });
  });
});
