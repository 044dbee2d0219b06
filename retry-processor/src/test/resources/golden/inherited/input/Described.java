package acme.inherited;

import java.io.FileNotFoundException;

interface Described {

  CharSequence describe() throws FileNotFoundException;

  void onlyHere();
}
