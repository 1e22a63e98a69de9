// HDF5 as Swift can import it. Macros that expand to a call or a cast are not imported, so each one
// slmc uses has a getter here; so has each function whose name is a macro in a later release.
#pragma once
#define H5_USE_110_API 1
#include <hdf5.h>

static inline hid_t chdf5_float64_le(void) { return H5T_IEEE_F64LE; }
static inline hid_t chdf5_int64_le(void) { return H5T_STD_I64LE; }
static inline hid_t chdf5_uint8(void) { return H5T_STD_U8LE; }
static inline hid_t chdf5_c_string(void) { return H5T_C_S1; }
static inline size_t chdf5_variable_length(void) { return H5T_VARIABLE; }

static inline hid_t chdf5_file_access(void) { return H5P_FILE_ACCESS; }
static inline hid_t chdf5_file_creation(void) { return H5P_FILE_CREATE; }
static inline hid_t chdf5_group_creation(void) { return H5P_GROUP_CREATE; }
static inline hid_t chdf5_dataset_creation(void) { return H5P_DATASET_CREATE; }

static inline unsigned chdf5_read_only(void) { return H5F_ACC_RDONLY; }
static inline unsigned chdf5_exclusive(void) { return H5F_ACC_EXCL; }
static inline unsigned chdf5_truncate(void) { return H5F_ACC_TRUNC; }

// 0 stands for H5P_DEFAULT, H5S_ALL and H5E_DEFAULT alike.
static inline hid_t chdf5_default(void) { return 0; }

typedef void (*chdf5_visit_name)(const char *name, void *context);
struct chdf5_visit {
  chdf5_visit_name visit;
  void *context;
};

static inline herr_t chdf5_link(hid_t group, const char *name, const H5L_info_t *info, void *data) {
  struct chdf5_visit *visitor = (struct chdf5_visit *)data;
  visitor->visit(name, visitor->context);
  return 0;
}

static inline herr_t chdf5_attribute(hid_t object, const char *name, const H5A_info_t *info,
                                     void *data) {
  struct chdf5_visit *visitor = (struct chdf5_visit *)data;
  visitor->visit(name, visitor->context);
  return 0;
}

// The names of all links of a group; in a different order per format, so sort them.
static inline herr_t chdf5_visit_links(hid_t group, chdf5_visit_name visit, void *context) {
  struct chdf5_visit visitor = {visit, context};
  return H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, NULL, chdf5_link, &visitor);
}

// The names of all attributes of an object.
static inline herr_t chdf5_visit_attributes(hid_t object, chdf5_visit_name visit, void *context) {
  struct chdf5_visit visitor = {visit, context};
  return H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, NULL, chdf5_attribute, &visitor);
}

// What a link is, an H5L_type_t, negative on failure; with the size of what a soft one leads to.
static inline int chdf5_link_type(hid_t location, const char *path, size_t *size) {
  H5L_info_t info;
  herr_t status = H5Lget_info(location, path, &info, H5P_DEFAULT);
  if (status < 0) return -1;
  *size = info.type == H5L_TYPE_HARD ? 0 : info.u.val_size;
  return (int)info.type;
}
static inline int chdf5_hard_link(void) { return (int)H5L_TYPE_HARD; }
static inline int chdf5_soft_link(void) { return (int)H5L_TYPE_SOFT; }
