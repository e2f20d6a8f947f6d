import type { UserError } from '../errors.ts';
import { builder } from './builder.ts';

export const UserErrorType = builder.objectRef<UserError>('UserError').implement({
  description: 'Something the caller can mend.',
  fields: (t) => ({
    code: t.exposeString('code', { nullable: false, description: 'Stable; to branch on.' }),
    path: t.exposeStringList('path', {
      nullable: false,
      description: 'Path of the input field; empty where none is to blame.',
    }),
    message: t.exposeString('message', { nullable: false, description: 'What is wrong and what to do.' }),
  }),
});
