package acme.inherited;

interface Root {

  void fromRoot();
}
