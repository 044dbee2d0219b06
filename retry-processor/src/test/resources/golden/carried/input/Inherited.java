package acme.carried;

interface Inherited {

  @Carried.OnAnything
  String inherited(String text);

  @Carried.OnAnything
  String notCarried(String text);
}
