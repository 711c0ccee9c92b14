"""The scheduled check of links to other sites. It asks the network, so it is no part of the build and of no test of the build."""
