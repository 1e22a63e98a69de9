print("slmc")
